import { hash } from 'node:crypto'
import { z } from 'zod'
import { isBoxError } from '../../errors.ts'
import { baseOf, computersUnit, groupsUnit, schoolUnit, servicesUnit } from '../../model/directory-tree.ts'
import { roleGroups } from '../../model/role-groups.ts'
import type { DirectorySearch, System } from '../../system/system.ts'
import { isAdministratorIdle } from './administrator.ts'
import { mayJoin } from './joiners.ts'
import { openZones } from './names.ts'
import { domainAttributes, settingsAttributes, settingsContainer } from './passwords.ts'
import { certificateFile, loadedCertificate, madeFile, secretFile, unit } from './paths.ts'
import type { Attributes, DirectoryActual } from './schema.ts'
import { accountNames, groupAttributes } from './tree.ts'

const Made = z.object({ domain: z.string() })

/** Asks the running domain controller, over the socket that is root's. */
export async function observe(system: System): Promise<DirectoryActual> {
  const made = await madeDomain(system)
  const inside = made === undefined ? silence : await contents(made, system)
  return {
    made,
    // Whoever answers is there, and none can be where none was made: only of a silent one systemd is asked.
    active: inside.found !== undefined || (made !== undefined && (await isThere(system))),
    current: await hasCertificate(system),
    ...inside,
    secrets: await secretMarks(system),
  }
}

/** Domain of the directory on this box; undefined: there is none, or one that was not made to the end. */
export async function madeDomain({ files }: Pick<System, 'files'>): Promise<string | undefined> {
  const text = await files.read(madeFile)
  return text === undefined ? undefined : Made.parse(JSON.parse(text)).domain
}

async function isThere({ units }: System): Promise<boolean> {
  const { active } = await units.status(unit)
  return active === 'active' || active === 'reloading'
}

/** Its content tells, for times mean nothing while a clock is being set. A box without a certificate has none to take. */
async function hasCertificate({ files }: System): Promise<boolean> {
  const present = await files.read(certificateFile)
  return present === undefined || present === (await files.read(loadedCertificate))
}

/** Only what an index or a short list answers: this is looked at twice a minute. */
function searches(domain: string): readonly DirectorySearch[] {
  const all = '(objectClass=*)'
  const ours = roleGroups.map(({ name }) => `(sAMAccountName=${name})`).join('')
  return [
    { base: baseOf(domain), scope: 'base', filter: all, attributes: domainAttributes },
    { base: schoolUnit(domain), scope: 'base', filter: all, attributes: ['ou'] },
    { base: schoolUnit(domain), scope: 'one', filter: all, attributes: ['ou'] },
    { base: groupsUnit(domain), scope: 'one', filter: `(|${ours})`, attributes: groupAttributes },
    { base: settingsContainer(domain), scope: 'one', filter: all, attributes: settingsAttributes },
    { base: servicesUnit(domain), scope: 'one', filter: all, attributes: ['adminDescription'] },
    { base: computersUnit(domain), scope: 'one', filter: all, attributes: ['cn'] },
  ]
}

type Contents = Pick<DirectoryActual, 'found' | 'joinable' | 'openZones' | 'idleAdministrator'>

const silence: Contents = { found: undefined, joinable: false, openZones: [], idleAdministrator: false }

async function contents(domain: string, { directory }: System): Promise<Contents> {
  const found: Record<string, Attributes> = {}
  try {
    for (const search of searches(domain)) {
      for (const { dn, attributes } of await directory.search(search)) found[dn.toLowerCase()] = lowered(attributes)
    }
    return {
      found,
      joinable: await mayJoin(domain, directory),
      openZones: await openZones(domain, directory),
      idleAdministrator: await isAdministratorIdle(domain, directory),
    }
  } catch (error) {
    if (isBoxError(error, 'DIRECTORY_UNREACHABLE')) return silence
    throw error
  }
}

function lowered(attributes: Readonly<Record<string, readonly (string | Uint8Array)[]>>): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, values]) => [name.toLowerCase(), values.map(String)]),
  )
}

async function secretMarks({ files }: System): Promise<Readonly<Record<string, string>>> {
  const marks: Record<string, string> = {}
  for (const name of accountNames) {
    const secret = await files.read(secretFile(name))
    if (secret !== undefined) marks[name] = digestOf(secret)
  }
  return marks
}

/** Of a password of 256 random bits: nobody guesses it from this. */
export function digestOf(secret: string): string {
  return hash('sha256', secret).slice(0, 16)
}
