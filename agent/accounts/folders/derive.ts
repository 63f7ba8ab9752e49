import type { Group } from '../../model/group.ts'
import type { Role } from '../../model/person.ts'
import type { Register } from '../../model/register.ts'
import { roleGroupOf, roleGroups } from '../../model/role-groups.ts'
import type { SharedFolder } from '../../model/shares.ts'
import type { SchoolState } from '../../model/state.ts'
import { folderNames } from './names.ts'
import type { Rights } from './rights.ts'
import {
  type Desired,
  filesFolder,
  type Fixed,
  type Gone,
  type Living,
  places,
  type Remark,
  type Room,
} from './schema.ts'
import { wordsIn } from './words.ts'

const root = 0
const numberOf = (role: Role): number => roleGroupOf(role).number
const [pupils, teachers, staff] = [numberOf('pupil'), numberOf('teacher'), numberOf('staff')]
const administrators = numberOf('administrator')

/** Parents have no files on the school's server. */
const withoutHome: readonly Role[] = ['parent']

/** Which folders there are to be, for whom: the register's people and groups, and what the state adds. */
export function derive({ people, groups }: Register, { shares, school }: SchoolState): Desired {
  const { language } = school
  const words = wordsIn(language)
  const templatesFor = (into: Living['place'], role?: Role): readonly string[] =>
    shares.templates
      .filter((one) => one.into === into && (role === undefined || (one.roles ?? [role]).includes(role)))
      .map(({ name }) => name)
  const homes = people.filter(({ role, state }) => state !== 'removed' && !withoutHome.includes(role))
  const taught = (place: 'classes' | 'courses', kind: Group['kind']): readonly Living[] =>
    [...folderNames(groups.filter((group) => group.kind === kind && group.ended === null))].map(([group, name]) => ({
      place,
      number: group.number,
      name,
      rights: groupRights(group.number),
      rooms: roomsOf(group.number, words.rooms),
      templates: templatesFor(place),
    }))
  const declared = shares.folders.map((folder) => declaredFolder(folder, groups, words.groupUnknown))
  return {
    language,
    fixed: [...standing, ...declared.map(({ fixed }) => fixed)],
    closed: [`${filesFolder}/shares`],
    living: [
      ...homes.map(({ login, number, role }) => ({
        place: 'homes' as const,
        number,
        name: login,
        rights: homeRights(number, numberOf(role)),
        rooms: [],
        templates: templatesFor('homes', role),
      })),
      ...taught('classes', 'class'),
      ...taught('courses', 'course'),
    ],
    gone: [
      ...people
        .filter(({ state }) => state === 'removed')
        .map(({ number, login }): Gone => ({ place: 'homes', number, name: login })),
      ...groups.flatMap(({ kind, ended, number, name }): readonly Gone[] => {
        const place = kind === 'class' ? 'classes' : kind === 'course' ? 'courses' : undefined
        return place === undefined || ended === null ? [] : [{ place, number, name }]
      }),
    ],
    templates: [...new Set(shares.templates.map(({ name }) => name))],
    keep: shares.archive,
    remarks: declared.flatMap(({ remarks }) => remarks),
  }
}

const homeRights = (number: number, group: number): Rights => ({ owner: [number, 'rwx'], group: [group, '---'] })

/** Everybody of the group and every teacher may go in; nobody may add to or take from what is in it. */
const groupRights = (number: number): Rights => ({
  owner: [root, 'rwx'],
  group: [number, 'r-x'],
  groups: [[teachers, 'r-x']],
})

function roomsOf(
  number: number,
  names: Readonly<Record<'material' | 'handIn' | 'exchange', Pick<Room, 'name' | 'also'>>>,
): readonly Room[] {
  const base = { owner: [root, 'rwx'], group: [number, '---'] } as const satisfies Partial<Rights>
  const [toRead, toShare] = [
    [[teachers, 'rwx'] as const, [number, 'r-x'] as const],
    [[teachers, 'rwx'] as const, [number, 'rwx'] as const],
  ]
  const rooms: readonly Omit<Room, 'project'>[] = [
    { ...names.material, rights: { ...base, groups: toRead, inherited: { ...base, groups: toRead } } },
    // What is handed in belongs to its maker and the teachers: nobody else sees, renames or removes it.
    {
      ...names.handIn,
      rights: { ...base, groups: toShare, sticky: true, inherited: { ...base, groups: [[teachers, 'rwx']] } },
    },
    { ...names.exchange, rights: { ...base, groups: toShare, inherited: { ...base, groups: toShare } } },
  ]
  return rooms.map((room, index) => ({ ...room, project: number * rooms.length + index }))
}

/** Folders for whole groups: what is made in them is theirs, too. */
function forGroups(write: readonly number[], read: readonly number[] = []): Rights {
  const groups = [...write.map((number) => [number, 'rwx'] as const), ...read.map((number) => [number, 'r-x'] as const)]
  const base: Rights = { owner: [root, 'rwx'], group: [root, '---'], groups }
  return { ...base, inherited: base }
}

const way = (bits: 'r-x' | '---', passing = false): Rights => ({
  owner: [root, 'rwx'],
  group: [root, bits],
  // Whoever knows the name of his home comes through, without seeing whose others there are.
  others: passing ? '--x' : bits,
})

const standing: readonly Fixed[] = [
  { path: filesFolder, rights: way('r-x') },
  { path: `${filesFolder}/homes`, rights: way('---', true) },
  { path: `${filesFolder}/classes`, rights: way('r-x') },
  { path: `${filesFolder}/courses`, rights: way('r-x') },
  { path: `${filesFolder}/shares`, rights: way('r-x') },
  { path: `${filesFolder}/shares/teachers`, rights: forGroups([teachers]) },
  { path: `${filesFolder}/shares/staff`, rights: forGroups([staff, administrators]) },
  // Everybody may put something here, and nobody removes what another has put at its top. In a folder that somebody makes
  // in it everybody may do everything: the sticky bit is not handed down.
  {
    path: `${filesFolder}/shares/exchange`,
    rights: { ...forGroups([pupils, teachers, staff, administrators]), sticky: true },
  },
  { path: `${filesFolder}/templates`, rights: forGroups([administrators], [teachers]) },
  { path: `${filesFolder}/archive`, rights: way('---') },
  ...places.map((place) => ({ path: `${filesFolder}/archive/${place}`, rights: way('---') })),
]

function declaredFolder(
  { name, read, write }: SharedFolder,
  groups: readonly Group[],
  tell: (group: string) => string,
): { readonly fixed: Fixed; readonly remarks: readonly Remark[] } {
  const path = `${filesFolder}/shares/${name}`
  const numbers = new Map<string, number>([
    ...groups.filter(({ ended }) => ended === null).map((group): [string, number] => [group.name, group.number]),
    ...roleGroups.map((group): [string, number] => [group.name, group.number]),
  ])
  const known = (names: readonly string[]): readonly number[] => names.flatMap((one) => numbers.get(one) ?? [])
  const writers = known(write)
  const readers = known(read).filter((number) => !writers.includes(number))
  const unknown = [...new Set([...read, ...write])].filter((one) => !numbers.has(one))
  return {
    fixed: { path, declared: true, rights: forGroups([...new Set(writers)], [...new Set(readers)]) },
    remarks: unknown.map((one) => ({ code: 'group-unknown', path, message: tell(one) })),
  }
}
