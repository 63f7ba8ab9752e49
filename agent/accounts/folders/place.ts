import { archiveName, archivedOn, datedName, isOver } from './archive.ts'
import { sameName } from './names.ts'
import { inOrder, type Move } from './order.ts'
import type { Desired, Entry, FolderStep, Gone, Living, Place, Remark } from './schema.ts'
import { filesFolder } from './schema.ts'
import { wordsIn } from './words.ts'

/** Names that begin so are on their way: a copy not yet finished, an archive being deleted, a rename over a detour. */
export const unfinished = '.new-'
export const going = '.going-'
const moving = '.moving-'

export interface Moves {
  /** In the order in which they are to be done. */
  readonly steps: readonly FolderStep[]
  readonly remarks: readonly Remark[]
  /** What lies there already, with the name it has now. */
  readonly kept: readonly { readonly living: Living; readonly now: string }[]
  readonly missing: readonly Living[]
}

/**
 * Who lies where in one place: numbers tell whose a folder is, the register what it is called. Pure.
 * @param now milliseconds since the epoch; undefined: the clock is not to be believed, and nothing is old enough.
 */
export function planPlace(
  place: Place,
  { living: all, gone: allGone, keep, language }: Pick<Desired, 'living' | 'gone' | 'keep' | 'language'>,
  entries: readonly Entry[],
  archived: readonly Entry[],
  now: number | undefined,
): Moves {
  const words = wordsIn(language)
  const at = (name: string): string => `${filesFolder}/${place}/${name}`
  const stored = (name: string): string => `${filesFolder}/archive/${place}/${name}`
  const ours = <T extends Living | Gone>(list: readonly T[]): ReadonlyMap<number, T> =>
    new Map(list.filter((one) => one.place === place).map((one) => [one.number, one]))
  const [living, gone] = [ours(all), ours(allGone)]
  const numberOf = (entry: Entry): number => (place === 'homes' ? entry.owner : entry.group)

  const remains = entries.filter(({ name }) => name.startsWith(unfinished))
  const settled = entries.filter((entry) => !remains.includes(entry))
  const held = holders(
    settled.filter(({ folder }) => folder),
    numberOf,
    living,
  )
  const leaving = settled.filter((entry) => entry.folder && gone.has(numberOf(entry)))
  const foreign = settled.filter((entry) => !leaving.includes(entry) && held.get(numberOf(entry)) !== entry)

  // What is half deleted is nobody's any more.
  const halves = archived.filter(({ name }) => name.startsWith(going))
  const archive = archived.filter((entry) => !halves.includes(entry))
  const back = new Map<number, Entry>()
  for (const entry of archive.toSorted((a, b) => (archivedOn(a) ?? 0) - (archivedOn(b) ?? 0))) {
    const number = numberOf(entry)
    if (entry.folder && living.has(number) && !held.has(number) && archivedOn(entry) !== undefined)
      back.set(number, entry)
  }
  const returning = new Set(back.values())
  const known = (entry: Entry): boolean => living.has(numberOf(entry)) || gone.has(numberOf(entry))
  const staying = archive.filter((entry) => !returning.has(entry) && known(entry))
  const over = now === undefined ? [] : staying.filter((entry) => isOver(entry, keep, now))
  const dated = staying.flatMap((entry): readonly Move[] => {
    const to = now === undefined ? undefined : datedName(entry, now)
    return to === undefined ? [] : [{ from: entry.name, to }]
  })

  const missing = [...living.values()].filter(({ number }) => !held.has(number) && !back.has(number))
  const renames = [...held].flatMap(([number, { name: from }]): readonly Move[] => {
    const to = living.get(number)?.name ?? from
    return to === from ? [] : [{ from, to }]
  })
  const arriving = new Set(
    [
      ...renames.map(({ to }) => to),
      ...[...back.keys(), ...missing.map(({ number }) => number)].map((number) => living.get(number)?.name ?? ''),
    ].map(sameName),
  )
  const taken = new Set(
    [...settled.map(({ name }) => name), ...[...living.values()].map(({ name }) => name)].map(sameName),
  )
  const asides = foreign
    .filter(({ name }) => arriving.has(sameName(name)))
    .map(({ name }) => ({ from: name, to: freeName(name, words.older, taken) }))

  return {
    steps: [
      ...remains.map(({ name }): FolderStep => ({ kind: 'sweep', path: at(name) })),
      ...halves.map(({ name }): FolderStep => ({ kind: 'sweep', path: stored(name) })),
      ...leaving.map((entry): FolderStep => ({
        kind: 'archive',
        from: at(entry.name),
        to: stored(archiveName(entry.name, numberOf(entry), now)),
      })),
      ...asides.map(({ from, to }): FolderStep => ({ kind: 'aside', from: at(from), to: at(to) })),
      ...inOrder(renames, ({ from }) => `${moving}${from}`).map(({ from, to }): FolderStep => ({
        kind: to.startsWith(moving) ? 'detour' : 'rename',
        from: at(from),
        to: at(to),
      })),
      ...[...back].map(([number, { name }]): FolderStep => ({
        kind: 'restore',
        from: stored(name),
        to: at(living.get(number)?.name ?? name),
      })),
      ...dated.map(({ from, to }): FolderStep => ({ kind: 'rename', from: stored(from), to: stored(to) })),
      ...over.map(({ name }): FolderStep => ({ kind: 'delete', path: stored(name) })),
    ],
    remarks: [
      ...asides.map(({ from, to }): Remark => ({
        code: 'folder-aside',
        path: at(to),
        message: words.aside(at(from), to),
      })),
      ...foreign
        .filter(({ name }) => !asides.some(({ from }) => from === name))
        .map((entry): Remark => {
          const path = at(entry.name)
          return entry.folder && held.has(numberOf(entry))
            ? { code: 'folder-twice', path, message: words.twice(path) }
            : { code: 'folder-unknown', path, message: words.unknown(path) }
        }),
    ],
    kept: [...held].flatMap(([number, { name: now }]) => {
      const one = living.get(number)
      return one === undefined ? [] : [{ living: one, now }]
    }),
    missing,
  }
}

/** The one folder of each living number: of several, the one that has the right name already. */
function holders(
  folders: readonly Entry[],
  numberOf: (entry: Entry) => number,
  living: ReadonlyMap<number, Living>,
): ReadonlyMap<number, Entry> {
  const held = new Map<number, Entry>()
  for (const entry of folders) {
    const wanted = living.get(numberOf(entry))
    if (wanted !== undefined && (!held.has(wanted.number) || entry.name === wanted.name)) held.set(wanted.number, entry)
  }
  return held
}

function freeName(name: string, word: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const candidate = `${name} (${count === 1 ? word : `${word} ${count}`})`
    if (taken.has(sameName(candidate))) continue
    taken.add(sameName(candidate))
    return candidate
  }
}
