import {
  accept,
  counter,
  drop,
  from,
  has,
  ct,
  is,
  isNot,
  lookup,
  masked,
  meta,
  named,
  payload,
  port,
  tcpOrUdp,
  towards,
  type Expression,
  type Statement,
} from './expression.ts'
import { markBits } from './marks.ts'
import { priority, rule, type Chain } from './ruleset.ts'
import { dnsPort, type Firewall, type Forward } from './schema.ts'

/** Address translation: DNS to its filter, forwards inwards, everybody outwards. */
export function translateChains({ uplink, forwards, nameServer }: Firewall): readonly Chain[] {
  const place = masked(meta('mark'), markBits.place)
  const dns = [is(meta('iifname'), named('inside')), tcpOrUdp, port('th', dnsPort)]
  return [
    {
      name: 'inwards',
      hook: { type: 'nat', hook: 'prerouting', prio: priority.dstnat, policy: 'accept' },
      rules: [
        rule('filter while locked', is(place, named('locked')), ...dns, redirect(lookup(place, 'dns_port_locked'))),
        ...(nameServer === undefined
          ? []
          : [rule('DNS of the directory', ...dns, ...asksDirectly(nameServer), isNot(place, named('locked')), accept)]),
        rule('filter', ...dns, redirect(lookup(place, 'dns_port'))),
        ...forwards.flatMap((forward) => [
          rule(
            `forward ${forward.name}`,
            from(uplink.interface),
            ...toBox,
            port(forward.protocol, forward.port),
            dnat(forward.to),
          ),
          // The same name leads to the same device from inside: the uplink address is the box's, but none of its inner ones.
          rule(
            `forward ${forward.name}`,
            is(meta('iifname'), named('school')),
            ...toBox,
            isNot(payload('ip', 'daddr'), named('box')),
            port(forward.protocol, forward.port),
            dnat(forward.to),
          ),
        ]),
      ],
    },
    {
      name: 'outwards',
      hook: { type: 'nat', hook: 'postrouting', prio: priority.srcnat, policy: 'accept' },
      rules: [
        rule('shared address', towards(uplink.interface), is(meta('nfproto'), 'ipv4'), { masquerade: null }),
        // Unique local addresses (RFC 4193) are not routed on the internet; addresses of the provider are left alone.
        rule(
          'shared address',
          towards(uplink.interface),
          is(payload('ip6', 'saddr'), { prefix: { addr: 'fc00::', len: 7 } }),
          { masquerade: null },
        ),
        // A device that reaches its neighbour by the uplink address must get the answer from there.
        rule(
          'forward seen from inside',
          isNot(meta('mark'), 0),
          is(meta('oifname'), named('school')),
          has(ct('status'), 'dnat'),
          { masquerade: null },
        ),
      ],
    },
    // While the uplink's own address is still being tested for duplicates, masquerading takes one of the inner addresses.
    // Nothing would find its way back; dropped, the first packet is sent again and gets the right one.
    {
      name: 'leaving',
      hook: { type: 'filter', hook: 'postrouting', prio: priority.leaving, policy: 'accept' },
      rules: [
        rule('inner address', towards(uplink.interface), is(payload('ip', 'saddr'), named('box')), counter, drop),
        rule('inner address', towards(uplink.interface), is(payload('ip6', 'saddr'), named('box6')), counter, drop),
      ],
    },
  ]
}

/** From a place whose filter is the name server's own. */
export const asksDirectly = ({ address }: NonNullable<Firewall['nameServer']>): readonly Statement[] => [
  is(payload('ip', 'daddr'), address),
  is(masked(meta('mark'), markBits.place), named('asks_directly')),
]

const toBox: readonly Statement[] = [is({ fib: { result: 'type', flags: ['daddr'] } }, 'local')]
const redirect = (to: Expression): Statement => ({ redirect: { port: to } })
const dnat = ({ address, port: target }: Forward['to']): Statement => ({
  dnat: { family: 'ip', addr: address, port: target },
})
