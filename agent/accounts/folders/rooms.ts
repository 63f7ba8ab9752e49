import type { Argv, System } from '../../system/system.ts'
import { type Desired, filesFolder, type Remark } from './schema.ts'
import { wordsIn } from './words.ts'

/**
 * A file that is renamed keeps its rights: what was everybody's in Exchange would stay so in Hand-in. So each room bears a
 * number of its own (a project of ext4) that all in it inherits, and the kernel renames nothing into a folder that bears
 * another one; the client copies instead, and the copy gets the rights of its new place.
 */

interface Place {
  readonly path: string
  readonly project: number
}

/**
 * Gives the rooms of classes and courses their numbers, where they do not have them yet. To be called when the folders are in
 * order.
 * @returns a remark where this disk has no such numbers.
 */
export async function keepRoomsApart(
  { living, language }: Pick<Desired, 'living' | 'language'>,
  { processes }: Pick<System, 'processes'>,
): Promise<readonly Remark[]> {
  const rooms = living.flatMap(({ place, name, rooms: inside }) =>
    inside.map((room): Place => ({ path: `${filesFolder}/${place}/${name}/${room.name}`, project: room.project })),
  )
  const open = await notApart(rooms, processes)
  const [first, ...others] = open
  if (first === undefined) return []
  await number(first, processes)
  // A disk that knows no numbers need not be asked for each.
  if ((await notApart([first], processes)).length === 0) for (const room of others) await number(room, processes)
  const left = await notApart(open, processes)
  return left.length === 0 ? [] : [{ code: 'rooms-open', path: filesFolder, message: wordsIn(language).roomsOpen }]
}

async function notApart(rooms: readonly Place[], processes: System['processes']): Promise<readonly Place[]> {
  if (rooms.length === 0) return []
  const argv: Argv = ['lsattr', '-d', '-p', '--', ...rooms.map(({ path }) => path)]
  const { stdout } = await processes.run(argv, { accept: [0, 1], timeout: 120_000 })
  const known = projectsIn(stdout)
  return rooms.filter(({ path, project }) => known.get(path) !== project)
}

/** Folders that hand their number down, from lines `200401 -----------I--e----P- /var/srv/…`. */
export function projectsIn(text: string): ReadonlyMap<string, number> {
  return new Map(
    [...text.matchAll(/^ *(\d+) \S*P\S* (.*)$/gm)].map(([, project = '', path = '']) => [path, Number(project)]),
  )
}

/**
 * All that lies in a room, too: a file of another number could not even be renamed where it is. The room itself comes last:
 * what is cut off is begun again.
 */
async function number({ path, project }: Place, processes: System['processes']): Promise<void> {
  const change = ['-exec', 'chattr', '-p', String(project)] as const
  const files = ['-type', 'f', ...change, '{}', '+'] as const
  const folders = ['-type', 'd', ...change, '+P', '{}', '+'] as const
  const argv: Argv = ['find', path, '-xdev', '-depth', ...files, '-o', ...folders]
  await processes.run(argv, { accept: [0, 1], timeout: 600_000 })
}
