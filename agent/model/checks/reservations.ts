import { addressNumber, contains, subnetText } from '../address.ts'
import { error, type Remark } from '../remark.ts'
import { type Check, repeated, type Survey } from './survey.ts'

/** A reserved address lies in the device's network and belongs to nobody else. */
export const reservations: Check = (known) => {
  const reserved = known.state.devices.flatMap((device, index) =>
    device.address === undefined ? [] : [{ ...device, address: device.address, path: ['devices', index, 'address'] }],
  )
  const twice = repeated(reserved, ({ address }) => address).map(([device, earlier]) =>
    error(
      device.path,
      `${device.address} already belongs to ${earlier.name} (${known.refer(earlier.path, device.path)})`,
    ),
  )
  return [...twice, ...known.state.devices.flatMap((_, index) => fits(known, index))]
}

function fits({ state, networkOf, ipv4 }: Survey, index: number): readonly Remark[] {
  const device = state.devices[index]
  const network = device && networkOf(device)
  if (device?.address === undefined || network === undefined) return []
  const path = ['devices', index, 'address']
  const subnet = ipv4(network)
  const address = addressNumber(device.address) ?? 0n
  if (!contains(subnet, address)) {
    const by = device.room === undefined ? '' : `, where room ${device.room} is`
    return [error(path, `${device.address} does not lie in ${subnetText(subnet)} of network ${network.name}${by}`)]
  }
  if (address === subnet.address) return [error(path, `${device.address} is the address of the box itself`)]
  if (address === subnet.first) return [error(path, `${device.address} names the subnet, no device can have it`)]
  return address === subnet.last
    ? [error(path, `${device.address} is the broadcast address, no device can have it`)]
    : []
}
