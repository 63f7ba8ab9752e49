import { dirname, join } from 'node:path'
import { z } from 'zod'
import { BoxError } from '../errors.ts'
import { StateDocument } from '../model/document.ts'
import type { Files } from '../system/system.ts'
import type { RenderedFile } from './resource.ts'
import type { Generation } from './tables/generations.ts'

/**
 * The generations as folders. Services read `current/<resource>/…` and run as users of their own, so folders are 0755
 * and files 0644 unless the resource says otherwise; the record beside them is root's alone.
 */

export const dataFolder = '/var/lib/iserv'
const generationsFolder = join(dataFolder, 'generations')
export const currentName = 'current'
const currentLink = join(dataFolder, currentName)
const recordName = 'generation.json'

/** Where a plan has its files checked, a number that no generation has. */
export const scratch = 0

/** What a folder says of itself, so that the ledger can be rebuilt from folders. */
const Record = z.object({
  number: z.int().positive(),
  documents: z.array(StateDocument),
  at: z.int(),
  by: z.string(),
  reason: z.string(),
})

export interface ResourceFiles {
  readonly name: string
  readonly files: readonly RenderedFile[]
}

export function folderOf(generation: number, resource = ''): string {
  return join(generationsFolder, String(generation), resource)
}

/** Writes a generation's folder. The record comes last: a folder without one is half written and never used. */
export async function writeGeneration(files: Files, generation: Generation, resources: readonly ResourceFiles[]) {
  const folder = folderOf(generation.number)
  await files.remove(folder)
  for (const resource of resources) await writeFiles(files, join(folder, resource.name), resource.files)
  await writeRecord(files, generation)
}

export async function writeRecord(files: Files, { number, documents, at, by, reason }: Generation): Promise<void> {
  const folder = folderOf(number)
  await files.makeFolder(folder, 0o755)
  await files.write(join(folder, recordName), JSON.stringify({ number, documents, at, by, reason }), 0o600)
}

export async function writeFiles(files: Files, folder: string, rendered: readonly RenderedFile[]): Promise<void> {
  const places = rendered.map((file) => placeIn(folder, file.path))
  for (const place of new Set([folder, ...places.map((path) => dirname(path))])) await files.makeFolder(place, 0o755)
  // All at once: the disk then settles them in one go, which takes a tenth of the time.
  const written = await Promise.allSettled(
    rendered.map(async (file) => files.write(placeIn(folder, file.path), file.text, modeOf(file))),
  )
  for (const one of written) if (one.status === 'rejected') throw one.reason
}

export const modeOf = (file: RenderedFile): number => file.mode ?? 0o644

/** The number that `current` points to; undefined when it points nowhere we know. */
export async function currentNumber(files: Files): Promise<number | undefined> {
  const found = /^generations\/([1-9]\d*)$/.exec((await files.readLink(currentLink)) ?? '')
  return found === null ? undefined : Number(found[1])
}

/** One rename: services see the old generation or the new one. */
export async function switchTo(files: Files, generation: number): Promise<void> {
  await files.link(currentLink, `generations/${generation}`)
}

export async function removeGeneration(files: Files, generation: number): Promise<void> {
  await files.remove(folderOf(generation))
}

/** Is the record of this generation in its folder? Without it the folder is half written or was tampered with. */
export async function isWhole(files: Files, generation: number): Promise<boolean> {
  return (await files.stat(join(folderOf(generation), recordName))) !== undefined
}

/** Numbers of the folders there are, whole or not. */
export async function generationFolders(files: Files): Promise<readonly number[]> {
  const names = await files.list(generationsFolder)
  return names.filter((name) => /^[1-9]\d*$/.test(name)).map(Number)
}

/** Whole generations as their folders tell of them, lowest number first. */
export async function readGenerations(files: Files): Promise<readonly Generation[]> {
  const found: Generation[] = []
  for (const number of await generationFolders(files)) {
    const text = await files.read(join(folderOf(number), recordName))
    const record = Record.safeParse(parseJson(text))
    if (record.success && record.data.number === number) found.push({ ...record.data, outcome: 'applied', detail: '' })
  }
  return found.toSorted((a, b) => a.number - b.number)
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A resource's file stays below its folder. */
export function placeIn(folder: string, path: string): string {
  const place = join(folder, path)
  if (!place.startsWith(`${folder}/`)) throw new BoxError('RESOURCE_FAILED', `${path} would lie outside ${folder}`)
  return place
}
