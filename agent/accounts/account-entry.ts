import { BoxError } from '../errors.ts'
import { baseOf } from '../model/directory-tree.ts'
import type { SignIn } from '../contract/account.ts'
import type { Login } from '../model/person.ts'
import type { AttributeValue, Directory, DirectoryEntry } from '../system/system.ts'

/** What only the directory knows of an account: passwords, sign-ins, and locks after too many wrong passwords. */

/** MS-ADTS 2.2.16, ADS_UF_LOCKOUT in the computed attribute. */
const lockedOutBit = 16

export async function signInOf(directory: Directory, sid: string): Promise<SignIn | undefined> {
  const entry = await entryOf(directory, sid, [
    'lastLogonTimestamp',
    'pwdLastSet',
    'msDS-User-Account-Control-Computed',
  ])
  if (entry === undefined) return undefined
  const control = Number(textOf(entry, 'msDS-User-Account-Control-Computed') ?? 0)
  return {
    last: momentOf(textOf(entry, 'lastLogonTimestamp')),
    password: momentOf(textOf(entry, 'pwdLastSet')),
    lockedOut: (control & lockedOutBit) !== 0,
  }
}

/** Sets a password and lets its owner try again at once. */
export async function setPassword(directory: Directory, sid: string, password: string): Promise<void> {
  const { dn } = await known(directory, sid)
  await directory.modify(dn, [
    { kind: 'replace', attribute: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] },
    { kind: 'replace', attribute: 'lockoutTime', values: ['0'] },
  ])
}

/** @returns whether there was a lock after wrong passwords. */
export async function endLockout(directory: Directory, sid: string): Promise<boolean> {
  const entry = await known(directory, sid)
  if (Number(textOf(entry, 'lockoutTime') ?? 0) === 0) return false
  await directory.modify(entry.dn, [{ kind: 'replace', attribute: 'lockoutTime', values: ['0'] }])
  return true
}

/** What the register's own people and groups carry. */
const registered = /^iserv:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Is this name something's that is not the box's: a computer, an account that Windows brought along? */
export async function isForeignName(directory: Directory, domain: string, name: Login): Promise<boolean> {
  const found = await directory.search({
    base: baseOf(domain),
    scope: 'sub',
    filter: `(sAMAccountName=${name})`,
    attributes: ['adminDescription'],
  })
  return found.some((entry) => !registered.test(textOf(entry, 'adminDescription') ?? ''))
}

async function known(directory: Directory, sid: string): Promise<DirectoryEntry> {
  const entry = await entryOf(directory, sid, ['lockoutTime'])
  if (entry !== undefined) return entry
  throw new BoxError('DIRECTORY_REFUSED', `The directory has no account ${sid} though the register says so`, {
    hint: 'An older backup of the directory may have been restored: iserv-ctl box status.',
  })
}

async function entryOf(
  directory: Directory,
  sid: string,
  attributes: readonly string[],
): Promise<DirectoryEntry | undefined> {
  const base = `<SID=${sid}>`
  const [entry] = await directory.search({ base, scope: 'base', filter: '(objectClass=*)', attributes })
  return entry
}

function textOf({ attributes }: DirectoryEntry, name: string): string | undefined {
  const value: AttributeValue | undefined = attributes[name]?.[0]
  return typeof value === 'string' ? value : undefined
}

/** AD counts from 1601 in steps of 100 ns; 0 is never. */
function momentOf(time: string | undefined): number | null {
  if (time === undefined || time === '0') return null
  return Number(BigInt(time) / 10_000n) - 11_644_473_600_000
}
