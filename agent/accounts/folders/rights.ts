/**
 * Rights of folders as POSIX ACLs with numbers: the disk knows nobody's name, and nothing on the box has to.
 * Texts are exactly as `getfacl --numeric` prints them, so that equal rights are equal texts.
 */

/** Letters as in `rwx`, `r-x`, `---`. */
export type Bits = 'rwx' | 'r-x' | 'rw-' | 'r--' | '--x' | '---'

export interface Rights {
  /** Number of the user to whom it belongs; what the owner may do. */
  readonly owner: readonly [number: number, bits: Bits]
  /** Number of the owning group, which tells whose folder it is; what this group may do. */
  readonly group: readonly [number: number, bits: Bits]
  /** What other groups may do, by number. */
  readonly groups?: readonly (readonly [number: number, bits: Bits])[]
  readonly others?: Bits
  /** Only owners of files may remove or rename them. */
  readonly sticky?: boolean
  /** What is made in it begins with these; absent: with what its maker says. */
  readonly inherited?: Omit<Rights, 'inherited' | 'sticky'>
}

/** A block for `setfacl --restore`. */
export function restoreText(path: string, rights: Rights): string {
  return `# file: ${path.replaceAll(/[\\\n\r]/g, octal)}\n${rightsText(rights)}\n\n`
}

const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`

export function rightsText(rights: Rights): string {
  const { owner, group, sticky = false, inherited } = rights
  return [
    `# owner: ${owner[0]}`,
    `# group: ${group[0]}`,
    ...(sticky ? ['# flags: --t'] : []),
    ...entries(rights),
    ...(inherited === undefined ? [] : inheritedEntries(inherited)),
  ].join('\n')
}

/** For `setfacl --set`, which leaves owner and group alone. */
export function aclText({ inherited, ...rights }: Rights): string {
  return [...entries(rights), ...(inherited === undefined ? [] : inheritedEntries(inherited))].join(',')
}

const inheritedEntries = (inherited: NonNullable<Rights['inherited']>): readonly string[] =>
  entries(inherited).map((entry) => `default:${entry}`)

function entries({
  owner,
  group,
  groups = [],
  others = '---',
}: Omit<Rights, 'inherited' | 'sticky'>): readonly string[] {
  const named = groups.toSorted(([a], [b]) => a - b)
  return [
    `user::${owner[1]}`,
    `group::${group[1]}`,
    ...named.map(([number, bits]) => `group:${number}:${bits}`),
    ...(named.length === 0 ? [] : [`mask::${union([group[1], ...named.map(([, bits]) => bits)])}`]),
    `other::${others}`,
  ]
}

/** The mask lets through what any entry allows. */
function union(all: readonly Bits[]): string {
  return [0, 1, 2].map((at) => all.map((bits) => bits.charAt(at)).find((bit) => bit !== '-') ?? '-').join('')
}

/** What a file or folder copied into a folder of these rights gets: what is inherited there, or else the same. */
export function rightsWithin(rights: Rights, kind: 'file' | 'folder'): Rights {
  const { inherited = rights } = rights
  const { owner, group, groups = [], others = '---' } = inherited
  if (kind === 'folder') {
    const base = { owner, group, groups, others }
    return rights.inherited === undefined ? base : { ...base, inherited: base }
  }
  return {
    owner: [owner[0], plain(owner[1])],
    group: [group[0], plain(group[1])],
    groups: groups.map(([number, bits]) => [number, plain(bits)]),
    others: plain(others),
  }
}

/** A file is nothing to be run. */
function plain(bits: Bits): Bits {
  return `${bits.slice(0, 2)}-` as Bits
}

/** What `getfacl --numeric --absolute-names` prints, by path. */
export function readRights(text: string): ReadonlyMap<string, string> {
  const blocks = text.split('\n\n').filter((block) => block.startsWith('# file: '))
  return new Map(
    blocks.map((block) => {
      const end = block.indexOf('\n')
      const path = block
        .slice('# file: '.length, end)
        .replaceAll(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
      return [path, block.slice(end + 1).trimEnd()]
    }),
  )
}
