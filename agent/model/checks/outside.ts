import { contains, subnetOf, subnetText } from '../address.ts'
import { warning } from '../remark.ts'
import type { Check } from './survey.ts'

/** RFC 1918 and RFC 6598. */
const privateSubnets = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(
  (text) => subnetOf(text) ?? [],
)

/** Names and addresses used inside must not be somebody else's outside. */
export const outside: Check = ({ state, ipv4 }) => [
  ...(/(^|\.)local$/.test(state.school.domain)
    ? [
        warning(
          ['school', 'domain'],
          `computers look up names under .local among their neighbours, not at the box (${state.school.domain})`,
          'Use a domain of the school, or one such as schule.lan.',
        ),
      ]
    : []),
  ...state.networks.flatMap((network, index) => {
    const subnet = ipv4(network)
    const mayStay = privateSubnets.some((range) => contains(range, subnet.first) && contains(range, subnet.last))
    const message = `${subnetText(subnet)} belongs to somebody on the internet, who can then not be reached from inside`
    return mayStay
      ? []
      : [warning(['networks', index, 'ipv4'], message, 'Use a subnet of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.')]
  }),
]
