import { addressNumber, contains, type Subnet, subnetOf, subnetText } from '../address.ts'
import { error, type Remark, warning } from '../remark.ts'
import { wlanRoles } from '../wlan.ts'
import { type Check, repeated, type Survey } from './survey.ts'

/** The wireless network has people to let in, networks to put them into, and access points that stand in the house. */
export const wlan: Check = (known) => [...signingIn(known), ...accessPoints(known)]

function signingIn({ state, network, refer, isWhole }: Survey): readonly Remark[] {
  if (state.wlan === undefined) return []
  const { roles } = state.wlan
  const named = wlanRoles.flatMap((role) => (roles[role] === undefined ? [] : [{ role, name: roles[role] }]))
  const untagged = named.filter(({ name }) => network(name) !== undefined && network(name)?.vlan === undefined)
  const [first, ...others] = untagged
  const clash = others.find(({ name }) => name !== first?.name)
  const path = ['wlan', 'roles']
  return [
    ...(state.directory === undefined && isWhole('directory')
      ? [error(['wlan'], 'nobody can sign in without a directory', 'Declare the directory, too.')]
      : []),
    ...(named.length === 0 && isWhole('wlan')
      ? [error(path, 'no role may sign in', 'Name a role and its network.')]
      : []),
    ...(first === undefined || clash === undefined
      ? []
      : [
          error(
            [...path, clash.role],
            `${clash.name} has no VLAN, and neither has ${first.name} (${refer([...path, first.role], [...path, clash.role])}): access points cannot tell them apart`,
            'Give all but one of these networks a VLAN.',
          ),
        ]),
  ]
}

function accessPoints({ state, ipv4, ipv6, refer, hasAll }: Survey): readonly Remark[] {
  const networks = state.networks.map((network) => ({ network, subnets: [ipv4(network), ipv6(network)] }))
  const points = (state.wlan?.accessPoints ?? []).flatMap(({ name, address }, index) => {
    const subnet = subnetOf(address)
    return subnet === undefined ? [] : [{ name, address, path: ['wlan', 'accessPoints', index, 'address'], subnet }]
  })
  const twice = repeated(points, ({ subnet }) => subnetText(subnet)).map(([point, { name, path }]) =>
    error(point.path, `${point.address} is already that of ${name} (${refer(path, point.path)})`),
  )
  const placed = points.flatMap(({ address, path, subnet }) => {
    const home = networks.find(({ subnets }) => subnets.some((one) => one !== undefined && within(subnet, one)))
    if (home === undefined && !hasAll('networks')) return []
    if (home?.network.kind !== 'school') {
      return [
        error(path, `${address} lies in no network of the school`, 'Access points stand in one of kind "school".'),
      ]
    }
    const pool = home.network.pool
    const open =
      pool !== undefined &&
      contains({ first: addressNumber(pool.from) ?? 0n, last: addressNumber(pool.to) ?? 0n }, subnet.first)
    const advice = 'Declare it as a device with a fixed address.'
    return open ? [warning(path, `${address} lies in the pool of network ${home.network.name}`, advice)] : []
  })
  return [...twice, ...placed]
}

function within(inner: Subnet, outer: Subnet): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last
}
