import { setImmediate } from 'node:timers/promises'
import type { Files, Text } from '../../system/system.ts'
import { linesOf } from './entries.ts'
import { blockedLines, gather, hasTag, isCovered, nothingGathered, signatureOf } from './lists.ts'
import type { Gathered, ListReport } from './lists.ts'
import { markerLine } from './marker.ts'
import { blockedFile, compiledFolder, currentFolder, filterFolder, onlyFile, reportFile } from './paths.ts'
import type { FileStamp, ListPlan } from './schema.ts'

/** Domains written in one go: some milliseconds, as for lines read. */
const domainsAtOnce = 4_000

/** Folders of compiled lists that are kept, the newest: going back a generation finds its lists. */
const foldersKept = 4

/**
 * Makes the lists that unbound loads, unless they are there already. The report is written last: with its signature it
 * says that the other files are whole.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`.
 */
export async function compile(plan: ListPlan, files: Files): Promise<ListReport> {
  const signature = signatureOf(plan, await stampsOf(files))
  const known = await readReport(plan, files)
  if (known?.signature === signature && (await isWhole(known, files))) return known
  const gathered = await gatherAll(plan, files)
  await files.makeFolder(`${compiledFolder}/${plan.shape}`)
  const written: Record<string, FileStamp> = {}
  const write = async (path: string, text: Text): Promise<void> => {
    await files.write(path, text)
    written[path] = await stampOf(path, files)
  }
  for (const { profile, lists } of plan.only) await write(onlyFile(plan.shape, profile), onlyText(gathered, lists))
  await write(blockedFile(plan.shape), blockedText(gathered, signature))
  const { broken, brokenCount, missing } = gathered
  const report = { signature, domains: gathered.domains.size, broken, brokenCount, missing, files: written }
  await files.write(reportFile(plan.shape), JSON.stringify(report))
  await forgetOld(plan.shape, files)
  return report
}

/** Shapes of the compiled lists that lie there as they were written; somebody may have changed or removed a file. */
export async function wholeShapes(files: Files): Promise<readonly string[]> {
  const shapes: string[] = []
  for (const shape of await files.list(compiledFolder)) {
    const report = await readReport({ shape }, files)
    if (report !== undefined && (await isWhole(report, files))) shapes.push(shape)
  }
  return shapes
}

async function isWhole(report: ListReport, files: Files): Promise<boolean> {
  for (const [path, { size, modified }] of Object.entries(report.files)) {
    const now = await stampOf(path, files)
    if (now.size !== size || now.modified !== modified) return false
  }
  return true
}

async function stampOf(path: string, files: Files): Promise<FileStamp> {
  const stat = await files.stat(path)
  return stat?.kind === 'file' ? { size: stat.size, modified: stat.modified } : { size: -1, modified: 0 }
}

/** Size and time of every file in the folder of lists. */
export async function stampsOf(files: Files): Promise<Readonly<Record<string, FileStamp>>> {
  const stamps: Record<string, FileStamp> = {}
  for (const name of await files.list(filterFolder)) {
    const stat = await files.stat(`${filterFolder}/${name}`)
    if (stat?.kind === 'file') stamps[name] = { size: stat.size, modified: stat.modified }
  }
  return stamps
}

/** Undefined when the lists were never compiled, or not to the end. */
export async function readReport(plan: Pick<ListPlan, 'shape'>, files: Files): Promise<ListReport | undefined> {
  try {
    const text = await files.read(reportFile(plan.shape))
    return text === undefined ? undefined : (JSON.parse(text) as ListReport)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function gatherAll(plan: ListPlan, files: Files): Promise<Gathered> {
  const gathered = nothingGathered()
  for (const list of plan.lists) {
    gather(gathered, plan, { list: list.name, file: '' }, list.domains)
    if (list.file === undefined) continue
    const portions = await linesOf(list.file, files)
    if (portions === undefined) gathered.missing.push(list.file)
    let line = 0
    for await (const lines of portions ?? []) {
      gather(gathered, plan, { list: list.name, file: list.file }, lines, line)
      line += lines.length
    }
  }
  return gathered
}

async function* blockedText({ domains }: Gathered, signature: string): AsyncGenerator<string> {
  yield* chunks(domains, (domain, tags) => (isCovered(domains, domain, tags) ? '' : blockedLines(domain, tags)))
  yield `${markerLine('lists', signature)}\n`
}

async function* onlyText({ domains }: Gathered, wanted: readonly string[]): AsyncGenerator<string> {
  const isWanted = (tags: string): boolean => wanted.some((list) => hasTag(tags, list))
  yield* chunks(domains, (domain, tags) => (isWanted(tags) ? `local-zone: ${domain}. noview\n` : ''))
}

async function* chunks(
  domains: ReadonlyMap<string, string>,
  lineOf: (domain: string, tags: string) => string,
): AsyncGenerator<string> {
  let chunk: string[] = []
  for (const [domain, tags] of domains) {
    if (chunk.push(lineOf(domain, tags)) < domainsAtOnce) continue
    yield chunk.join('')
    chunk = []
    await setImmediate()
  }
  yield chunk.join('')
}

/** Plans compile lists, too: those that the resolver reads when it starts stay whatever their age. */
async function forgetOld(shape: string, files: Files): Promise<void> {
  const current = (await files.read(`${currentFolder}/unbound.conf`)) ?? ''
  const folders: { readonly path: string; readonly modified: number }[] = []
  for (const name of await files.list(compiledFolder)) {
    const path = `${compiledFolder}/${name}`
    if (name === shape || current.includes(blockedFile(name))) continue
    folders.push({ path, modified: (await files.stat(path))?.modified ?? 0 })
  }
  const old = folders.toSorted((a, b) => b.modified - a.modified).slice(foldersKept - 1)
  for (const { path } of old) await files.remove(path)
}
