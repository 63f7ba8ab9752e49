import { netbiosOf } from '../../model/directory-tree.ts'
import { roleGroupOf } from '../../model/role-groups.ts'
import type { SchoolState } from '../../model/state.ts'
import { wlanRoles } from '../../model/wlan.ts'
import type { WlanDesired } from './schema.ts'

export function derive({ state }: { readonly state: SchoolState }): WlanDesired {
  const { school, wlan, directory } = state
  const { language, domain } = school
  if (wlan === undefined || directory === undefined) return { language, service: undefined }
  const vlans = new Map(state.networks.map(({ name, vlan }) => [name, vlan]))
  const places = wlanRoles.flatMap((role) => {
    const network = wlan.roles[role]
    return network === undefined ? [] : [{ role, group: roleGroupOf(role).number, network, vlan: vlans.get(network) }]
  })
  const accessPoints = wlan.accessPoints.map(({ name, address }) => ({ name, address }))
  return { language, service: { domain, netbios: netbiosOf(domain), accessPoints, places } }
}
