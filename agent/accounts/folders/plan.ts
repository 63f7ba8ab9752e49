import { planPlace, unfinished } from './place.ts'
import { rightsText, rightsWithin, type Rights } from './rights.ts'
import {
  type Actual,
  type Desired,
  filesFolder,
  type FolderPlan,
  type FolderStep,
  type Living,
  type Making,
  places,
  type Remark,
} from './schema.ts'
import { wordsIn } from './words.ts'

/**
 * What turns the disk into what it is to be. Pure; equal states give no steps.
 * @param now milliseconds since the epoch, for the days of the archive; undefined: the clock is not to be believed.
 */
export function plan(desired: Desired, actual: Actual, now: number | undefined): FolderPlan {
  const words = wordsIn(desired.language)
  const moves = places.map((place) => planPlace(place, desired, actual.entries[place], actual.archive[place], now))
  const missing = moves.flatMap((one) => one.missing)
  const makings = missing.map((living) => makingOf(living, actual.templates))
  const fixed = new Set(desired.fixed.map(({ path }) => path))
  const strangers = desired.closed.flatMap((folder) =>
    (actual.closed[folder] ?? []).map((name) => `${folder}/${name}`).filter((path) => !fixed.has(path)),
  )
  return {
    steps: [
      // Folders that everything else lies in come first.
      ...desired.fixed.flatMap(({ path, rights, declared }) =>
        put(path, path, rights, actual, declared ? 'spread' : 'rights'),
      ),
      ...moves.flatMap(({ steps }) => steps.filter(({ kind }) => kind !== 'delete')),
      ...makings.map((making): FolderStep => ({ kind: 'make', making })),
      ...moves.flatMap(({ kept }) => kept.flatMap(({ living, now: name }) => inside(living, name, actual))),
      ...moves.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'delete')),
    ],
    remarks: [
      ...desired.remarks,
      ...moves.flatMap(({ remarks }) => remarks),
      ...strangers.map((path): Remark => ({ code: 'folder-unknown', path, message: words.unknown(path) })),
      ...desired.templates
        .filter((name) => actual.templates[name] === undefined)
        .map((name): Remark => ({
          code: 'template-missing',
          path: templateFolder(name),
          message: words.templateMissing(templateFolder(name)),
        })),
    ],
    bytes: missing
      .flatMap(({ templates }) => templates.flatMap((name) => actual.templates[name] ?? []))
      .reduce((sum, { size }) => sum + size, 0),
  }
}

export function templateFolder(name: string): string {
  return `${filesFolder}/templates/${name}`
}

/** A folder that is to be at `path` and is now at `now`: nothing, its rights, or the folder itself. */
function put(
  path: string,
  now: string,
  rights: Rights,
  actual: Actual,
  kind: 'rights' | 'spread' = 'rights',
): readonly FolderStep[] {
  const found = actual.rights.get(now)
  if (found === undefined) return [{ kind: 'add', path, rights }]
  return found === rightsText(rights) ? [] : [{ kind, path, rights }]
}

/** The rights of a folder that is there and of its rooms. Renames are done before, so steps name the new place. */
function inside(living: Living, name: string, actual: Actual): readonly FolderStep[] {
  const folder = `${filesFolder}/${living.place}`
  const [before, after] = [`${folder}/${name}`, `${folder}/${living.name}`]
  return [
    ...put(after, before, living.rights, actual),
    ...living.rooms.flatMap((room): readonly FolderStep[] => {
      const path = `${after}/${room.name}`
      const other = `${before}/${room.also}`
      const translated = !actual.rights.has(`${before}/${room.name}`) && actual.rights.has(other)
      return translated
        ? [{ kind: 'rename', from: `${after}/${room.also}`, to: path }, ...put(path, other, room.rights, actual)]
        : put(path, `${before}/${room.name}`, room.rights, actual)
    }),
  ]
}

function makingOf(living: Living, templates: Actual['templates']): Making {
  const { place, name, rights, rooms } = living
  const contents = new Map(rooms.map((room) => [room.name, { path: room.name, rights: room.rights }] as const))
  const copies = living.templates.flatMap((template) =>
    (templates[template] ?? []).map((piece) => ({ ...piece, template })),
  )
  const made = new Map<string, Making['contents'][number]>(contents)
  for (const { path, kind, template } of copies) {
    // What a template calls as a room is called goes into it; of two files with one name the first stays.
    if (made.has(path)) continue
    const parent = made.get(path.split('/').slice(0, -1).join('/'))?.rights ?? rights
    const copied = { path, rights: rightsWithin(parent, kind) }
    made.set(path, kind === 'folder' ? copied : { ...copied, from: `${templateFolder(template)}/${path}` })
  }
  return { path: `${filesFolder}/${place}/${name}`, place, rights, contents: [...made.values()] }
}

/** Where a folder is made before it appears: beside its place, under a name that no one is looking for. */
export function candidateOf({ path }: Pick<Making, 'path'>): string {
  const at = path.lastIndexOf('/') + 1
  return `${path.slice(0, at)}${unfinished}${path.slice(at)}`
}
