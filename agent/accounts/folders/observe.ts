import type { Files, System } from '../../system/system.ts'
import { templateFolder } from './plan.ts'
import { readRights } from './rights.ts'
import { type Actual, type Desired, type Entry, filesFolder, type Piece, type Place, places } from './schema.ts'

/** What the disk says, as far as the plan asks for it: thousands of homes in some hundred milliseconds. */
export async function observe(
  desired: Desired,
  { files, processes }: Pick<System, 'files' | 'processes'>,
): Promise<Actual> {
  const entries = await ofPlaces((place) => entriesOf(`${filesFolder}/${place}`, files))
  const archive = await ofPlaces((place) => entriesOf(`${filesFolder}/archive/${place}`, files))
  const closed: Record<string, readonly string[]> = {}
  for (const folder of desired.closed) closed[folder] = await files.list(folder)
  const templates: Record<string, readonly Piece[] | undefined> = {}
  for (const name of desired.templates) templates[name] = await piecesOf(templateFolder(name), files)
  const asked = [...desired.fixed.map(({ path }) => path), ...knownPaths(desired, entries)]
  const { stdout } = await processes.run(
    ['getfacl', '--numeric', '--absolute-names', '--physical', '--no-effective', '-'],
    {
      input: asked.map((path) => `${path}\n`).join(''),
      // What is not there is told on standard error, and is simply missing in the answer.
      accept: [0, 1],
      timeout: 120_000,
    },
  )
  const there = (await files.stat(filesFolder)) !== undefined
  return {
    entries,
    archive,
    closed,
    templates,
    rights: readRights(stdout),
    free: there ? (await files.space(filesFolder)).free : 0,
  }
}

async function ofPlaces(look: (place: Place) => Promise<readonly Entry[]>): Promise<Record<Place, readonly Entry[]>> {
  const [homes = [], classes = [], courses = []] = await Promise.all(places.map(look))
  return { homes, classes, courses }
}

async function entriesOf(folder: string, files: Files): Promise<readonly Entry[]> {
  const found = await Promise.all(
    (await files.list(folder)).map(async (name): Promise<readonly Entry[]> => {
      const stat = await files.stat(`${folder}/${name}`)
      return stat === undefined ? [] : [{ name, folder: stat.kind === 'folder', owner: stat.owner, group: stat.group }]
    }),
  )
  return found.flat()
}

/** Folders of living numbers under their present names, and their rooms in both languages. */
function knownPaths({ living }: Desired, entries: Actual['entries']): readonly string[] {
  return places.flatMap((place) => {
    const rooms = new Map(living.filter((one) => one.place === place).map((one) => [one.number, one.rooms]))
    return entries[place].flatMap(({ name, folder, owner, group }) => {
      const known = rooms.get(place === 'homes' ? owner : group)
      // The list of paths has one a line.
      if (known === undefined || !folder || name.includes('\n')) return []
      const path = `${filesFolder}/${place}/${name}`
      return [path, ...known.flatMap((room) => [...new Set([room.name, room.also])].map((one) => `${path}/${one}`))]
    })
  })
}

/** A template's folders and files, each folder before what lies in it. Links are not followed and not copied. */
async function piecesOf(folder: string, files: Files, below = ''): Promise<readonly Piece[] | undefined> {
  if ((await files.stat(folder))?.kind !== 'folder') return undefined
  const pieces: Piece[] = []
  for (const name of await files.list(folder)) {
    const path = `${below}${name}`
    const stat = await files.stat(`${folder}/${name}`)
    if (stat?.kind === 'file') pieces.push({ path, kind: 'file', size: stat.size })
    if (stat?.kind !== 'folder') continue
    pieces.push({ path, kind: 'folder', size: 0 })
    pieces.push(...((await piecesOf(`${folder}/${name}`, files, `${path}/`)) ?? []))
  }
  return pieces
}
