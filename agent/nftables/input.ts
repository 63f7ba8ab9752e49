import {
  accept,
  byState,
  concat,
  counter,
  ct,
  drop,
  from,
  goBack,
  has,
  is,
  isNot,
  jump,
  masked,
  meta,
  named,
  oneOf,
  payload,
  port,
  reject,
  tcpOrUdp,
  type Expression,
  type Statement,
} from './expression.ts'
import { markBits, roomNumbers } from './marks.ts'
import { priority, rule, silent, type Chain, type Rule } from './ruleset.ts'
import { dnsPort, type Firewall, type Zone } from './schema.ts'
import { asksDirectly } from './translate.ts'

/** What reaches the box itself. */
export function inputChains(firewall: Firewall): readonly Chain[] {
  const { addresses = [] } = firewall
  const place = masked(meta('mark'), markBits.place)
  const roomsByName = roomNumbers(firewall)
  const services = (zone: Zone): readonly Rule[] =>
    firewall.services
      .filter((service) => service.from.includes(zone))
      .flatMap(({ name, protocol, ports, sources, devices, rooms, own }) => {
        const asked = port(protocol, oneOf(ports.toSorted((a, b) => a - b)))
        const elsewhere =
          own === true && addresses.length > 0
            ? [rule(`not here: ${name}`, is(payload('ip', 'daddr'), oneOf(addresses)), asked, counter, jump('refuse'))]
            : []
        if ((sources ?? devices ?? rooms) === undefined) {
          return [...elsewhere, rule(`service ${name}`, asked, counter, accept)]
        }
        const numbers = (rooms ?? []).flatMap((room) => roomsByName.get(room) ?? [])
        const senders = [
          ...sendersIn(sources ?? []),
          ...((devices ?? []).length === 0 ? [] : [is(payload('ether', 'saddr'), oneOf(devices ?? []))]),
          ...(numbers.length === 0 ? [] : [is(place, oneOf(numbers))]),
        ]
        return [...elsewhere, ...senders.map((sender) => rule(`service ${name}`, sender, asked, counter, accept))]
      })
  const { from: first, to: last } = firewall.dnsPorts
  const ofFilters = first === last ? first : { range: [first, last] }
  const away = isNot(concat(place, payload('th', 'dport')), named('dns_way'))
  const awayWhileLocked = isNot(concat(place, payload('th', 'dport')), named('dns_way_locked'))
  const inside = is(meta('iifname'), named('inside'))
  return [
    {
      name: 'input',
      hook: { type: 'filter', hook: 'input', prio: priority.filter, policy: 'drop' },
      rules: [
        rule('the box to itself', from('lo'), accept),
        // Only a flow's first packet is redirected. One that began before a lock, or before it ended, ends here.
        silent(
          inside,
          has(ct('status'), 'confirmed'),
          tcpOrUdp,
          port('th', { set: [dnsPort, ofFilters] }),
          jump('dns_way'),
        ),
        ...firewall.services.filter(({ guarded }) => guarded === true).map(guessing),
        rule('connection in use', byState),
        silent(from(firewall.uplink.interface), jump('input_uplink')),
        silent(inside, jump('input_inside')),
        silent(is(meta('iifname'), named('school')), jump('input_school')),
        silent(is(meta('iifname'), named('guest')), jump('input_guest')),
        rule('not open to this network', inside, counter, reject('admin-prohibited')),
        rule('not open to the internet', counter, drop),
      ],
    },
    {
      name: 'dns_way',
      rules: [
        rule('DNS of another filter', is(place, named('locked')), awayWhileLocked, counter, jump('refuse')),
        ...(firewall.nameServer === undefined
          ? []
          : [silent(isNot(place, named('locked')), port('th', dnsPort), ...asksDirectly(firewall.nameServer), goBack)]),
        rule('DNS of another filter', isNot(place, named('locked')), away, counter, jump('refuse')),
      ],
    },
    { name: 'input_uplink', rules: [...addressing, ...services('uplink')] },
    {
      name: 'input_inside',
      rules: [
        ...neighbours('nd-router-solicit', 'nd-neighbor-solicit', 'nd-neighbor-advert'),
        rule('DHCP', port('udp', 67), accept),
        // Guests are served by the box as the router of their network, not by whom it is elsewhere.
        silent(is(meta('iifname'), named('guest')), isNot(destinationHere, 'local'), goBack),
        rule('ping', is(payload('icmp', 'type'), 'echo-request'), accept),
        rule('ping', is(payload('icmpv6', 'type'), 'echo-request'), accept),
        rule('DNS', tcpOrUdp, port('th', dnsPort), accept),
        rule('time', port('udp', 123), accept),
        // Only by redirection, so that nobody chooses a filter by asking its port.
        rule('DNS of a filter', has(ct('status'), 'dnat'), tcpOrUdp, port('th', ofFilters), accept),
      ],
    },
    { name: 'input_school', rules: services('school') },
    { name: 'input_guest', rules: services('guest') },
  ]
}

/** Whoever guesses would go on with a connection that is open. */
function guessing({ name, protocol, ports }: Firewall['services'][number]): Rule {
  return rule(
    `wrong passwords: ${name}`,
    is(payload('ip', 'saddr'), named('guessing')),
    port(protocol, oneOf(ports.toSorted((a, b) => a - b))),
    counter,
    reject(protocol === 'tcp' ? 'tcp reset' : 'admin-prohibited'),
  )
}

/** What the destination is to the interface of arrival. */
const destinationHere: Expression = { fib: { result: 'type', flags: ['daddr', 'iif'] } }

/** Single addresses of a family are one set, which is one look-up; subnets are a rule each. */
function sendersIn(sources: readonly string[]): readonly Statement[] {
  const families = [
    ['ip', 32],
    ['ip6', 128],
  ] as const
  return families.flatMap(([family, bits]) => {
    const subnets = sources
      .filter((source) => source.includes(':') === (family === 'ip6'))
      .map((source) => source.split('/'))
      .map(([addr = '', length]) => ({ addr, len: Number(length) }))
    const single = subnets.filter(({ len }) => len === bits).map(({ addr }) => addr)
    const sender = (value: Expression): Statement => is(payload(family, 'saddr'), value)
    return [
      ...(single.length === 0 ? [] : [sender(oneOf(single))]),
      ...subnets.filter(({ len }) => len < bits).map((prefix) => sender({ prefix })),
    ]
  })
}

/** RFC 4861 asks for hop limit 255, which no packet from another network can have. RFC 4890: what must not be dropped. */
function neighbours(...types: readonly string[]): readonly Rule[] {
  const type = (values: readonly string[]): Statement => is(payload('icmpv6', 'type'), oneOf(values))
  return [
    rule('neighbours', type(types), is(payload('ip6', 'hoplimit'), 255), accept),
    rule('neighbours', type(['mld-listener-query']), accept),
  ]
}

/** How an interface gets its address: DHCP for both families, router advertisements. */
export const addressing: readonly Rule[] = [
  rule('DHCP', is(payload('udp', 'sport'), 67), is(payload('udp', 'dport'), 68), accept),
  rule(
    'DHCP',
    is(payload('ip6', 'saddr'), { prefix: { addr: 'fe80::', len: 10 } }),
    is(payload('udp', 'sport'), 547),
    is(payload('udp', 'dport'), 546),
    accept,
  ),
  ...neighbours('nd-router-advert', 'nd-neighbor-solicit', 'nd-neighbor-advert'),
]
