import { computersUnit } from '../../model/directory-tree.ts'
import type { SchoolState } from '../../model/state.ts'
import type { Entry } from './schema.ts'

/** userAccountControl of a computer that has not joined yet: a workstation without a password, so that nobody signs in with it. */
const workstation = String(0x1000 | 0x20)

/**
 * Accounts of the computers that join. They are made before, so that a computer that joins only takes its own; whoever
 * may not, makes none. They stay when a device is no longer declared: the directory is not told twice what left the house.
 */
export function computerEntries({ school, rooms, devices }: SchoolState): readonly Entry[] {
  const joining = new Set<string>(rooms.filter(({ joins }) => joins === true).map(({ name }) => name))
  return devices
    .filter(({ joins, room }) => joins ?? joining.has(room ?? ''))
    .map(({ name }) => ({
      dn: `CN=${name},${computersUnit(school.domain)}`,
      initial: {
        objectClass: ['computer'],
        userAccountControl: [workstation],
        sAMAccountName: [`${name.toUpperCase()}$`],
        dNSHostName: [`${name}.${school.domain}`],
      },
      kept: {},
    }))
}
