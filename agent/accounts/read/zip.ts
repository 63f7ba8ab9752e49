import { type Entry, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js'
import { BoxError, isBoxError } from '../../errors.ts'

/** Files of a ZIP, opened in memory: nothing is ever written to where its names point. */

export interface ZippedFile {
  /** Last part of its path. */
  readonly name: string
  readonly bytes: Uint8Array
}

const mebibyte = 1024 * 1024

/** All files together, expanded: what the largest of schools needs, several times over. */
const mostExpanded = 64 * mebibyte

/** Names of people shrink to a tenth; what shrinks to less than this was made to grow. */
const mostGrowth = 200

const mostFiles = 200

/** @throws `ZIP_PASSWORD` when it is missing or wrong; `PEOPLE_INVALID` for what is broken, too large or meant to do harm. */
export async function unzip(file: string, bytes: Uint8Array, password?: string): Promise<readonly ZippedFile[]> {
  // Names may point anywhere: only their last part is used, and only in messages.
  const options = { useWebWorkers: false, filenameValidation: 'tolerant' } as const
  const reader = new ZipReader(new Uint8ArrayReader(bytes), options)
  try {
    const entries = await reader.getEntries()
    const wanted = entries.filter(({ directory, filename }) => !directory && !isJunk(filename))
    if (wanted.length > mostFiles) throw refusal(file, `${wanted.length} files; at most ${mostFiles} are read`)
    const files: ZippedFile[] = []
    const budget = { left: Math.min(mostExpanded, Math.max(mebibyte, bytes.length * mostGrowth)) }
    for (const entry of wanted) {
      files.push({
        name: entry.filename.split(/[/\\]/).at(-1) ?? '',
        bytes: await expand(file, entry, budget, password),
      })
    }
    return files
  } catch (error) {
    if (isBoxError(error)) throw error
    throw refusal(file, 'it is damaged or not whole', error)
  } finally {
    await reader.close().catch(() => undefined)
  }
}

/** What a system puts beside the files of people. */
const isJunk = (name: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\._)/.test(name)

async function expand(file: string, entry: Entry, budget: { left: number }, password?: string): Promise<Uint8Array> {
  if (entry.directory) return new Uint8Array()
  if (entry.encrypted && (password === undefined || password === '')) throw passwordNeeded(file)
  const chunks: Uint8Array[] = []
  const abort = new AbortController()
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      budget.left -= chunk.length
      if (budget.left < 0) abort.abort()
      else chunks.push(chunk)
    },
  })
  try {
    await entry.getData(sink, {
      signal: abort.signal,
      checkSignature: true,
      useWebWorkers: false,
      ...(entry.encrypted && password !== undefined ? { password } : {}),
    })
  } catch (error) {
    if (abort.signal.aborted) throw tooLarge(file)
    // One in 256 wrong passwords passes the short check of the old encryption, and then what comes out makes no sense.
    if (entry.encrypted) throw passwordWrong(file, error)
    throw error
  }
  if (abort.signal.aborted) throw tooLarge(file)
  return Buffer.concat(chunks)
}

const hint = 'It is the one chosen for the export: typed at a terminal, or --password-file FILE.'

function passwordNeeded(file: string): BoxError {
  return new BoxError('ZIP_PASSWORD', `${file} is protected by a password`, { hint })
}

function passwordWrong(file: string, cause: unknown): BoxError {
  return new BoxError('ZIP_PASSWORD', `The password does not open ${file}`, { hint, cause })
}

function tooLarge(file: string): BoxError {
  return refusal(
    file,
    `it expands to far more than a list of people holds (more than ${mostExpanded / mebibyte} MiB, or ${mostGrowth} times its size)`,
  )
}

function refusal(file: string, reason: string, cause?: unknown): BoxError {
  const advice = 'Export it anew, or unpack it and give the files that were in it.'
  const options = { hint: advice, ...(cause === undefined ? {} : { cause }) }
  return new BoxError('PEOPLE_INVALID', `${file} cannot be opened: ${reason}`, options)
}
