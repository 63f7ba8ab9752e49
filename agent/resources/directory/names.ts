import { baseOf } from '../../model/directory-tree.ts'
import type { AttributeValue, Directory, DirectoryEntry } from '../../system/system.ts'
import { ownerOf, rightOnNames, gives, taking } from './descriptor.ts'
import type { OpenZone } from './schema.ts'

/**
 * Zones of the directory's names. AD lets everybody who has signed in make names in them, `wpad` and `*` too; here only the
 * domain controller does.
 */

const containers = (domain: string): readonly string[] =>
  [`DC=DomainDnsZones,`, `DC=ForestDnsZones,`, 'CN=System,'].map((place) => `CN=MicrosoftDNS,${place}${baseOf(domain)}`)

/** Zones in which everybody still makes names, with those that people and computers have made. */
export async function openZones(domain: string, directory: Directory): Promise<readonly OpenZone[]> {
  const open: OpenZone[] = []
  for (const base of containers(domain)) {
    for (const { dn, descriptor } of await described(base, '(objectClass=dnsZone)', directory)) {
      if (gives(descriptor, rightOnNames)) open.push({ dn, names: await foreignNames(domain, dn, directory) })
    }
  }
  return open
}

/** Before and after, so that none is left, neither after a crash nor by whoever was quick. */
export async function closeZone(domain: string, zone: string, directory: Directory): Promise<void> {
  const removeNames = async (): Promise<void> => {
    for (const dn of await foreignNames(domain, zone, directory)) await directory.remove(dn)
  }
  await removeNames()
  const [found] = await described(zone, '(objectClass=dnsZone)', directory, 'base')
  if (found !== undefined) {
    const values = [taking(found.descriptor, rightOnNames)]
    await directory.modify(zone, [{ kind: 'replace', attribute: 'nTSecurityDescriptor', values }])
  }
  await removeNames()
}

/** Names whose owner is an account that came after the domain was made, and no domain controller. */
async function foreignNames(domain: string, zone: string, directory: Directory): Promise<readonly string[]> {
  const controllers = await directory.search({
    base: `OU=Domain Controllers,${baseOf(domain)}`,
    scope: 'sub',
    filter: '(objectClass=computer)',
    attributes: ['objectSid'],
    binary: ['objectSid'],
  })
  const own = controllers.map((entry) => bytesOf(entry, 'objectSid'))
  const nodes = await described(zone, '(objectClass=dnsNode)', directory)
  return nodes.flatMap(({ dn, descriptor }) => {
    const owner = ownerOf(descriptor)
    return cameLater(owner) && !own.some((sid) => sid?.equals(owner)) ? [dn] : []
  })
}

/** S-1-5-21-a-b-c-rid, where AD keeps numbers below 1,000 for itself. */
function cameLater(sid: Buffer): boolean {
  return sid.length === 28 && sid.readUInt32LE(8) === 21 && sid.readUInt32LE(24) >= 1000
}

interface Described {
  readonly dn: string
  readonly descriptor: Buffer
}

async function described(
  base: string,
  filter: string,
  directory: Directory,
  scope: 'base' | 'one' = 'one',
): Promise<readonly Described[]> {
  const attributes = ['nTSecurityDescriptor']
  const found = await directory.search({ base, scope, filter, attributes, binary: attributes })
  return found.flatMap((entry) => {
    const descriptor = bytesOf(entry, 'nTSecurityDescriptor')
    return descriptor === undefined ? [] : [{ dn: entry.dn, descriptor }]
  })
}

function bytesOf({ attributes }: DirectoryEntry, name: string): Buffer | undefined {
  const value: AttributeValue | undefined = attributes[name]?.[0]
  if (value === undefined) return undefined
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from(value)
}
