import { contains, subnetOf, subnetText } from '../address.ts'
import { type Remark, warning } from '../remark.ts'
import type { Check } from './survey.ts'

/** RFC 1918 and RFC 6598. */
const privateSubnets = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(
  (text) => subnetOf(text) ?? [],
)

/** Last labels that nobody on the internet has, or can get (RFC 2606, 6761, 6762 and 8375; `internal` by ICANN). */
const privateEnds: readonly string[] =
  'lan internal intern intranet private corp home local localdomain localhost arpa test example invalid'.split(' ')

/** First labels by which a part of a public domain is usually kept for the inside. */
const insideLabels: readonly string[] = ['intern', 'internal', 'inside', 'lan', 'ad']

/** Inside, the box alone answers for the school's domain: what the internet knows of it is not there (split DNS). */
function splitDomain(domain: string): readonly Remark[] {
  const labels = domain.split('.')
  if (privateEnds.includes(labels.at(-1) ?? '') || insideLabels.includes(labels[0] ?? '')) return []
  return [
    warning(
      ['school', 'domain'],
      `${domain} may be a domain of the internet; inside, only this server answers for it, so a website or mail server below it is not found from school`,
      `Use a domain that nobody has outside, such as schule.lan or intern.${domain}.`,
    ),
  ]
}

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
  ...splitDomain(state.school.domain),
  ...state.networks.flatMap((network, index) => {
    const subnet = ipv4(network)
    const mayStay = privateSubnets.some((range) => contains(range, subnet.first) && contains(range, subnet.last))
    const message = `${subnetText(subnet)} belongs to somebody on the internet, who can then not be reached from inside`
    return mayStay
      ? []
      : [warning(['networks', index, 'ipv4'], message, 'Use a subnet of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.')]
  }),
]
