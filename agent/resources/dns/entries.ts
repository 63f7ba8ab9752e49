import { setImmediate } from 'node:timers/promises'
import type { FilterList } from '../../model/filters.ts'
import type { Files } from '../../system/system.ts'
import { parentsOf, readEntry } from './domain.ts'
import { filterFolder } from './paths.ts'

/** Characters in one go: some milliseconds, after which a lock that waits for the agent gets its turn. */
const portion = 65_536

/** The lines of a list's file, in portions, with a pause after each; undefined when there is no such file. */
export async function linesOf(file: string, files: Files): Promise<AsyncIterable<readonly string[]> | undefined> {
  const text = await files.read(`${filterFolder}/${file}`)
  return text === undefined ? undefined : portionsOf(text)
}

async function* portionsOf(text: string): AsyncGenerator<readonly string[]> {
  for (let from = 0; from < text.length;) {
    const cut = text.indexOf('\n', from + portion)
    const to = cut === -1 ? text.length : cut
    yield text.slice(from, to).split('\n')
    from = to + 1
    await setImmediate()
  }
}

export interface Entry {
  readonly list: string
  readonly entry: string
}

/** The entry of one of these lists that covers a name: itself or the nearest above. */
export async function entryFor(name: string, lists: readonly FilterList[], files: Files): Promise<Entry | undefined> {
  const nearest = [name, ...parentsOf(name)]
  let best: (Entry & { readonly distance: number }) | undefined
  const consider = (list: string, line: string): void => {
    for (const entry of readEntry(line) ?? []) {
      const distance = nearest.indexOf(entry)
      if (distance !== -1 && distance < (best?.distance ?? Infinity)) best = { list, entry, distance }
    }
  }
  for (const list of lists) {
    for (const domain of list.domains) consider(list.name, domain)
    const lines = list.file === undefined ? undefined : await linesOf(list.file, files)
    for await (const some of lines ?? []) for (const line of some) consider(list.name, line)
  }
  return best === undefined ? undefined : { list: best.list, entry: best.entry }
}
