import { addressNumber, contains, overlap, type Subnet, subnetOf, subnetText } from '../address.ts'
import type { Path } from '../document.ts'
import { error, type Remark } from '../remark.ts'
import type { Check, Survey } from './survey.ts'

/** One side of the box: a network or the uplink's fixed address. */
interface Side {
  readonly path: Path
  readonly who: string
  readonly subnet: Subnet
}

/** Every address belongs to one side of the box only, and the box has an address of its own on each. */
export const subnets: Check = (known) => {
  const sides = sidesOf(known)
  const clashes = sides.flatMap((side, index) =>
    sides
      .slice(0, index)
      .filter((other) => overlap(side.subnet, other.subnet))
      .map((other) =>
        error(
          side.path,
          `${subnetText(side.subnet)} overlaps ${subnetText(other.subnet)} of ${other.who} (${known.refer(other.path, side.path)})`,
        ),
      ),
  )
  return [
    ...clashes,
    ...sides.flatMap(own),
    ...gateways(known),
    ...known.state.networks.flatMap((_, index) => announced(known, index)),
  ]
}

function sidesOf({ state, ipv4, ipv6 }: Survey): readonly Side[] {
  const uplink = (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const fixed = state.uplink[family]
    const subnet = typeof fixed === 'string' ? undefined : subnetOf(fixed.address)
    return subnet === undefined ? [] : [{ path: ['uplink', family, 'address'], who: 'the uplink', subnet }]
  })
  const inside = state.networks.flatMap((network, index) =>
    [
      { path: ['networks', index, 'ipv4'], subnet: ipv4(network) },
      { path: ['networks', index, 'ipv6'], subnet: ipv6(network) },
    ].flatMap(({ path, subnet }) => (subnet === undefined ? [] : [{ path, who: `network ${network.name}`, subnet }])),
  )
  return [...uplink, ...inside]
}

/** The address before the slash is one a computer can have. /31 and /127 have no others (RFC 3021, RFC 6164). */
function own({ path, subnet }: Side): readonly Remark[] {
  if (subnet.prefix >= subnet.bits - 1) return []
  if (subnet.address === subnet.first) {
    return [error(path, `${subnetText(subnet)} names the subnet itself, not an address of the box in it`)]
  }
  return subnet.family === 4 && subnet.address === subnet.last
    ? [error(path, `the address of the box is the broadcast address of ${subnetText(subnet)}`)]
    : []
}

/** `fe80::/10`, by which a router of IPv6 may be named on its own line. */
const linkLocal = /^fe[89ab][0-9a-f]:/i

/** The kernel takes no other gateway; without its route no network of the house would count as set up. */
function gateways({ state }: Survey): readonly Remark[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const fixed = state.uplink[family]
    if (typeof fixed === 'string') return []
    const [subnet, gateway] = [subnetOf(fixed.address), addressNumber(fixed.gateway)]
    if (subnet === undefined || gateway === undefined) return []
    const path = ['uplink', family, 'gateway']
    if (!contains(subnet, gateway) && !linkLocal.test(fixed.gateway)) {
      return [error(path, `${fixed.gateway} does not lie in ${subnetText(subnet)} of the uplink`)]
    }
    return family === 'ipv4' && subnet.prefix < 31 && gateway === subnet.last
      ? [error(path, `${fixed.gateway} is the broadcast address of ${subnetText(subnet)}`)]
      : []
  })
}

/** Devices form their own IPv6 addresses only in a /64 (RFC 4862); an IPv4 network without room serves nobody. */
function announced({ state, ipv4, ipv6 }: Survey, index: number): readonly Remark[] {
  const network = state.networks[index]
  if (network === undefined) return []
  const four = ipv4(network)
  const six = ipv6(network)
  return [
    ...(four.prefix > 30 || four.prefix < 8
      ? [error(['networks', index, 'ipv4'], `/${four.prefix} is no size for a network; /8 to /30 are`)]
      : []),
    ...(six !== undefined && six.prefix !== 64
      ? [error(['networks', index, 'ipv6'], `${network.ipv6} is not a /64, the only length devices can use`)]
      : []),
  ]
}
