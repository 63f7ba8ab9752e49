import type { Problem } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { heldBy, readLeases } from './leases.ts'
import type { Desired } from './schema.ts'

/** Addresses that are to be reserved and that somebody else has at this moment. */
export async function warn({ networks }: Desired, system: System): Promise<readonly Problem[]> {
  return heldBy(await readLeases(system), networks).map(({ address, mac, hostname, reservedFor }) => ({
    severity: 'warning',
    path: `devices.${reservedFor}.address`,
    message: `${address} is in use by ${hostname === '' ? mac : `${hostname} (${mac})`}, which loses it to ${reservedFor} and gets another when it asks again`,
    hint: 'Switch that device off and on, or choose a free address: iserv-ctl dhcp leases shows which are taken.',
  }))
}
