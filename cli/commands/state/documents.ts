import { resolve } from 'node:path'
import { BoxError } from '../../../agent/errors.ts'
import type { StateDocument } from '../../../agent/model/document.ts'
import type { Context } from '../../command.ts'

/** The files of a state, in the order given; `-` is standard input. Throws `FILE_MISSING` with all that are missing. */
export async function readDocuments(files: readonly string[], context: Context): Promise<readonly StateDocument[]> {
  const read = await Promise.all(
    files.map(async (file) => ({
      file,
      text: file === '-' ? await context.stdin() : await context.system.files.read(resolve(context.folder, file)),
    })),
  )
  const missing = read.filter(({ text }) => text === undefined).map(({ file }) => file)
  if (missing.length > 0) {
    throw new BoxError('FILE_MISSING', `There is no file ${missing.join(', ')}`, {
      hint: 'A small school to begin with: iserv-ctl guide show example',
    })
  }
  return read.map(({ file, text = '' }) => ({ file, text }))
}
