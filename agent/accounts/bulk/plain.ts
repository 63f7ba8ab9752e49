import { isBoxError } from '../../errors.ts'
import type { Directory, DirectoryChange, DirectoryEntry } from '../../system/system.ts'
import { accountControl } from './entry.ts'
import { sidText } from './sid.ts'
import {
  type AddWrite,
  type Attributes,
  type ChangeWrite,
  type DirectoryWrite,
  mark,
  type MembersWrite,
} from './write.ts'
import type { Written } from './write.ts'

/** Members that one change brings at most, so that a sign-in does not wait for a whole year group. */
const atOnce = 100

/**
 * The plain way: one LDAP write after another, as any program may do it. For one person it is the quicker one, and it
 * works with every Samba.
 */
export async function carryPlainly(
  directory: Directory,
  base: string,
  writes: readonly DirectoryWrite[],
  told: (written: readonly Written[]) => void,
): Promise<void> {
  for (const write of writes) {
    try {
      told([{ write, ...(await carryOut(directory, base, write)) }])
    } catch (error) {
      if (!isBoxError(error, 'DIRECTORY_REFUSED')) throw error
      told([{ write, error: error.message }])
    }
  }
}

async function carryOut(
  directory: Directory,
  base: string,
  write: DirectoryWrite,
): Promise<Pick<Written, 'sid' | 'error' | 'missing' | 'lacking'>> {
  switch (write.op) {
    case 'add':
      return add(directory, base, write)
    case 'change':
      return change(directory, base, write)
    case 'members':
      return members(directory, write)
    case 'remove': {
      const known = await bySid(directory, write.sid, [])
      if (known === undefined) return {}
      if (!isOurs(known)) return notOurs(known)
      await directory.remove(known.dn)
      return {}
    }
  }
}

async function add(directory: Directory, base: string, { dn, attributes, password, group }: AddWrite) {
  const [login = ''] = attributes['sAMAccountName'] ?? []
  const known = await byName(directory, base, login, [...Object.keys(attributes), 'memberOf', 'pwdLastSet'])
  if (known !== undefined && first(known, 'adminDescription') !== attributes['adminDescription']?.[0]) {
    return taken(login, known)
  }
  const withPassword = password !== null && (known === undefined || first(known, 'pwdLastSet') === '0')
  const ruler = group === undefined ? undefined : await bySid(directory, group, [])
  if (group !== undefined && ruler === undefined) return lacking(group)
  // Which rule a password has to keep is told by a group of the account, so the account must be there before it: closed.
  const begun = withPassword ? { ...attributes, userAccountControl: [accountControl.closed] } : attributes
  if (known === undefined) {
    await directory.add(dn, Object.fromEntries(Object.entries(begun).filter(([, values]) => values.length > 0)))
  } else await replace(directory, known, begun)
  const made = known ?? (await byName(directory, base, login, []))
  if (made === undefined) return { error: `${login} was added and is not there` }
  const sid = first(made, 'objectSid')
  if (!withPassword) return { sid }
  try {
    if (ruler !== undefined && !texts(made, 'memberOf').some((name) => sameName(name, ruler.dn))) {
      await directory.modify(ruler.dn, [{ kind: 'add', attribute: 'member', values: [made.dn] }])
    }
    await directory.modify(made.dn, [
      { kind: 'replace', attribute: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] },
      { kind: 'replace', attribute: 'userAccountControl', values: attributes['userAccountControl'] ?? [] },
    ])
  } catch (error) {
    // Nothing stays of what was made for this and refused: the next try may have another name. Who was there is who was there.
    if (known === undefined && isBoxError(error, 'DIRECTORY_REFUSED')) await directory.remove(made.dn)
    throw error
  }
  return { sid }
}

async function change(directory: Directory, base: string, { sid, dn, attributes, groups = {} }: ChangeWrite) {
  const known = await bySid(directory, sid, [...Object.keys(attributes), 'memberOf'])
  if (known === undefined) return { error: `there is no object ${sid}`, missing: true }
  if (!isOurs(known)) return notOurs(known)
  const [login = ''] = attributes['sAMAccountName'] ?? []
  if (!sameName(known.dn, dn) || first(known, 'sAMAccountName') !== login) {
    for (const look of [() => byName(directory, base, login, []), () => at(directory, dn)]) {
      const other = await look()
      if (other === undefined || first(other, 'objectSid') === sid) continue
      if (!isOurs(other)) return taken(login, other)
      await stepAside(directory, other)
    }
  }
  await replace(directory, known, attributes)
  if (!sameName(known.dn, dn)) await directory.rename(known.dn, dn)
  for (const [group, inside] of Object.entries(groups)) {
    const found = await bySid(directory, group, [])
    if (found === undefined) return lacking(group)
    const member = texts(known, 'memberOf').some((name) => sameName(name, found.dn))
    if (member !== inside) {
      await directory.modify(found.dn, [{ kind: inside ? 'add' : 'delete', attribute: 'member', values: [dn] }])
    }
  }
  return {}
}

/** Until it gets the new name that the register has for it: in chains and rings of names everybody gives way once. */
async function stepAside(directory: Directory, other: DirectoryEntry): Promise<void> {
  const aside = `~${first(other, 'adminDescription').slice(-18)}`
  await replace(directory, other, { sAMAccountName: [aside] })
  await directory.rename(other.dn, `CN=${aside},${other.dn.slice(other.dn.indexOf(',') + 1)}`)
}

async function members(directory: Directory, { sid, join = [], exactly }: MembersWrite) {
  const group = await bySid(directory, sid, ['member'])
  if (group === undefined) return lacking(sid)
  if (!isOurs(group)) return notOurs(group)
  const present = new Map<string, string>()
  for (const dn of texts(group, 'member')) {
    const member = await at(directory, dn)
    if (member !== undefined && isOurs(member)) present.set(first(member, 'objectSid'), dn)
  }
  const wanted = new Set(exactly ?? join)
  const leave = exactly === undefined ? [] : [...present].filter(([one]) => !wanted.has(one)).map(([, dn]) => dn)
  const added = [...wanted].filter((one) => !present.has(one)).map((one) => `<SID=${one}>`)
  for (const [kind, values] of [
    ['delete', leave],
    ['add', added],
  ] as const) {
    for (let start = 0; start < values.length; start += atOnce) {
      await directory.modify(group.dn, [{ kind, attribute: 'member', values: values.slice(start, start + atOnce) }])
    }
  }
  return {}
}

async function replace(directory: Directory, known: DirectoryEntry, wanted: Attributes): Promise<void> {
  const changes = Object.entries(wanted)
    .filter(([name, values]) => name !== 'objectClass' && !sameValues(texts(known, name), values))
    .map(([attribute, values]): DirectoryChange => ({ kind: 'replace', attribute, values }))
  if (changes.length > 0) await directory.modify(known.dn, changes)
}

const identity = ['adminDescription', 'objectSid']

async function byName(directory: Directory, base: string, name: string, attributes: readonly string[]) {
  const filter = `(sAMAccountName=${name.replaceAll(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)})`
  return one(directory, { base, scope: 'sub', filter }, attributes)
}

const at = (directory: Directory, dn: string) =>
  one(directory, { base: dn, scope: 'base', filter: '(objectClass=*)' }, [])

const bySid = (directory: Directory, sid: string, attributes: readonly string[]) =>
  one(directory, { base: `<SID=${sid}>`, scope: 'base', filter: '(objectClass=*)' }, attributes)

async function one(
  directory: Directory,
  where: { readonly base: string; readonly scope: 'base' | 'sub'; readonly filter: string },
  attributes: readonly string[],
): Promise<DirectoryEntry | undefined> {
  const [found] = await directory.search({
    ...where,
    attributes: [...new Set([...attributes, ...identity])],
    binary: ['objectSid'],
  })
  return found
}

function texts({ attributes }: DirectoryEntry, name: string): readonly string[] {
  const values = attributes[name] ?? []
  return values.map((value) => (typeof value === 'string' ? value : sidText(value)))
}

const first = (entry: DirectoryEntry, name: string): string => texts(entry, name)[0] ?? ''
const isOurs = (entry: DirectoryEntry): boolean => first(entry, 'adminDescription').startsWith(mark)
const notOurs = ({ dn }: DirectoryEntry) => ({ error: `${dn} is not ours` })
const lacking = (group: string) => ({ error: `there is no group ${group}`, lacking: group })
const taken = (name: string, { dn }: DirectoryEntry) => ({
  error: `${name} is already the name of ${dn}, which is not ours`,
})
const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
const sameValues = (some: readonly string[], others: readonly string[]): boolean =>
  JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted())
