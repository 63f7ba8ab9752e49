import { computersUnit, groupsUnit } from '../../model/directory-tree.ts'
import { BoxError } from '../../errors.ts'
import type { Directory } from '../../system/system.ts'
import { gives, giving, rightOnComputers } from './descriptor.ts'

/** Who may let a declared computer join: the school's administrators, and no teacher. */

interface Rights {
  readonly unit: string
  readonly descriptor: Uint8Array
  readonly right: Buffer
}

/** Undefined while unit or group are not there yet. */
async function rights(domain: string, directory: Directory): Promise<Rights | undefined> {
  const unit = computersUnit(domain)
  const sid = await bytes(`CN=school-administrators,${groupsUnit(domain)}`, 'objectSid', directory)
  const descriptor = await bytes(unit, 'nTSecurityDescriptor', directory)
  return sid === undefined || descriptor === undefined ? undefined : { unit, descriptor, right: rightOnComputers(sid) }
}

async function bytes(dn: string, attribute: string, directory: Directory): Promise<Uint8Array | undefined> {
  const [entry] = await directory.search({
    base: dn,
    scope: 'base',
    filter: '(objectClass=*)',
    attributes: [attribute],
    binary: [attribute],
  })
  const value = entry?.attributes[attribute]?.[0]
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : value
}

export async function mayJoin(domain: string, directory: Directory): Promise<boolean> {
  const found = await rights(domain, directory)
  return found !== undefined && gives(found.descriptor, found.right)
}

export async function letJoin(domain: string, directory: Directory): Promise<void> {
  const found = await rights(domain, directory)
  if (found === undefined) throw new BoxError('DIRECTORY_REFUSED', 'The directory has no unit for computers')
  const values = [giving(found.descriptor, found.right)]
  await directory.modify(found.unit, [{ kind: 'replace', attribute: 'nTSecurityDescriptor', values }])
}
