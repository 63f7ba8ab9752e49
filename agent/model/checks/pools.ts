import { addressNumber, addressText, contains, subnetText } from '../address.ts'
import { error, type Remark, warning } from '../remark.ts'
import type { Check, Survey } from './survey.ts'

/** The addresses for unknown devices lie in their network, leave out the box, and suffice for the known ones. */
export const pools: Check = (known) => {
  const drawing = Map.groupBy(
    known.state.devices.filter(({ address }) => address === undefined),
    (device) => known.networkOf(device)?.name,
  )
  return known.state.networks.flatMap((network, index) => pool(known, index, drawing.get(network.name)?.length ?? 0))
}

function pool({ state, ipv4, isWhole }: Survey, index: number, drawing: number): readonly Remark[] {
  const network = state.networks[index]
  if (network === undefined) return []
  const path = ['networks', index, 'pool']
  if (network.pool === undefined) {
    return drawing === 0 || !isWhole('networks')
      ? []
      : [
          warning(
            ['networks', index],
            `there is no pool, so devices of network ${network.name} without an address (${drawing}) get none`,
          ),
        ]
  }
  const subnet = ipv4(network)
  const text = `${network.pool.from}–${network.pool.to}`
  const from = addressNumber(network.pool.from) ?? 0n
  const to = addressNumber(network.pool.to) ?? 0n
  if (from > to) return [error(path, `the pool ${text} begins after its end`)]
  const outside = (['from', 'to'] as const).flatMap((end) =>
    contains(subnet, end === 'from' ? from : to)
      ? []
      : [
          error(
            [...path, end],
            `${network.pool?.[end]} does not lie in ${subnetText(subnet)} of network ${network.name}`,
          ),
        ],
  )
  if (outside.length > 0) return outside
  const inPool = (address: bigint): boolean => contains({ first: from, last: to }, address)
  const size = Number(to - from) + 1
  return [
    ...(inPool(subnet.address)
      ? [error(path, `the pool ${text} contains ${addressText(subnet.address, 4)}, the address of the box`)]
      : []),
    ...(inPool(subnet.first)
      ? [error([...path, 'from'], `${network.pool.from} names the subnet, no device can have it`)]
      : []),
    ...(inPool(subnet.last)
      ? [error([...path, 'to'], `${network.pool.to} is the broadcast address, no device can have it`)]
      : []),
    ...(drawing > size
      ? [
          warning(
            path,
            `the pool ${text} holds fewer addresses (${size}) than there are known devices without one (${drawing})`,
          ),
        ]
      : []),
  ]
}
