import { join } from 'node:path'
import type { Files, FileStat } from '../system/system.ts'
import { modeOf, placeIn } from './folders.ts'
import type { RenderedFile } from './resource.ts'

/** What a file looked like when its text was last known to be right. */
export type Seen = Map<string, Pick<FileStat, 'size' | 'modified' | 'mode'>>

/** One thing in a resource's folder that is not as rendered. */
export interface Deviation {
  readonly path: string
  readonly kind: 'missing' | 'changed' | 'foreign'
  readonly repair: (files: Files) => Promise<void>
}

/**
 * Compares a resource's folder with what was rendered. Text is read again only when size, time or mode of a file have
 * changed since it was last seen to be right: lists of half a million names are not read every half minute.
 */
export async function deviations(
  files: Files,
  folder: string,
  rendered: readonly RenderedFile[],
  seen: Seen,
): Promise<readonly Deviation[]> {
  const found: Deviation[] = []
  for (const file of rendered) {
    const path = placeIn(folder, file.path)
    const stat = await files.stat(path)
    if (stat?.kind === 'file' && isSame(stat, seen.get(path))) continue
    const right = stat?.kind === 'file' && stat.mode === modeOf(file) && (await files.read(path)) === file.text
    if (right) seen.set(path, stat)
    else
      found.push({
        path: file.path,
        kind: stat === undefined ? 'missing' : 'changed',
        repair: rewrite(path, file, stat),
      })
  }
  const expected = new Set(rendered.map((file) => join(folder, file.path)))
  for (const path of await strangers(files, folder, expected)) {
    found.push({ path: path.slice(folder.length + 1), kind: 'foreign', repair: (door) => door.remove(path) })
  }
  return found
}

function rewrite(path: string, file: RenderedFile, stat: FileStat | undefined): Deviation['repair'] {
  return async (files) => {
    // A rename replaces a link or a file, but never a folder.
    if (stat?.kind === 'folder') await files.remove(path)
    await files.makeFolder(join(path, '..'), 0o755)
    await files.write(path, file.text, modeOf(file))
  }
}

function isSame(stat: FileStat, seen: Pick<FileStat, 'size' | 'modified' | 'mode'> | undefined): boolean {
  return stat.size === seen?.size && stat.modified === seen.modified && stat.mode === seen.mode
}

/** What lies in a folder, at any depth, and is none of ours. */
async function strangers(files: Files, folder: string, ours: ReadonlySet<string>): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of await files.list(folder)) {
    const path = join(folder, name)
    if (ours.has(path)) continue
    if ((await files.stat(path))?.kind === 'folder') found.push(...(await strangers(files, path, ours)))
    else found.push(path)
  }
  return found
}
