import { addressNumber, contains, subnetText } from '../address.ts'
import { error } from '../remark.ts'
import type { Check } from './survey.ts'

/** The directory has an address of its own in a network of the school. */
export const directory: Check = ({ state, ipv4, refer, hasAll }) => {
  const address = state.directory?.address
  if (address === undefined) return []
  const path = ['directory', 'address']
  const number = addressNumber(address) ?? 0n
  const at = state.networks.findIndex((network) => contains(ipv4(network), number))
  const network = state.networks[at]
  if (network === undefined && !hasAll('networks')) return []
  if (network === undefined || network.kind !== 'school') {
    return [
      error(path, `${address} lies in no network of the school`, 'Take a free address of a network of kind "school".'),
    ]
  }
  const subnet = ipv4(network)
  const pool = network.pool && {
    first: addressNumber(network.pool.from) ?? 0n,
    last: addressNumber(network.pool.to) ?? 0n,
  }
  const owner = state.devices.findIndex((device) => device.address === address)
  return [
    ...(number === subnet.address ? [error(path, `${address} is the address of the box itself`)] : []),
    ...(number === subnet.first || number === subnet.last
      ? [error(path, `${address} is no address for a computer in ${subnetText(subnet)}`)]
      : []),
    ...(pool !== undefined && contains(pool, number)
      ? [
          error(
            path,
            `${address} lies in the pool of network ${network.name} (${refer(['networks', at, 'pool'], path)})`,
          ),
        ]
      : []),
    ...(owner === -1
      ? []
      : [
          error(
            path,
            `${address} already belongs to ${state.devices[owner]?.name} (${refer(['devices', owner, 'address'], path)})`,
          ),
        ]),
  ]
}
