import {
  above,
  aboveEach,
  accept,
  assign,
  counter,
  ct,
  drop,
  from,
  goBack,
  is,
  isNew,
  isNot,
  jump,
  lookup,
  meta,
  named,
  payload,
  remember,
} from './expression.ts'
import { priority, rule, silent, type Chain } from './ruleset.ts'
import type { Firewall } from './schema.ts'

/** What happens to a packet before anybody knows where it goes: bans, forged senders, limits, and whose packet it is. */
export function identifyChains({ uplink, limits }: Firewall): readonly Chain[] {
  const outside = from(uplink.interface)
  const families = [
    ['ip', '4'],
    ['ip6', '6'],
  ] as const
  return [
    {
      name: 'identify',
      hook: { type: 'filter', hook: 'prerouting', prio: priority.mangle, policy: 'accept' },
      rules: [
        silent(outside, assign(meta('mark'), ct('mark'))),
        // Senders are easily forged: what the box or the house has asked a banned address for is still answered.
        ...families.map(([protocol, family]) =>
          rule(
            'banned address',
            outside,
            isNew,
            is(payload(protocol, 'saddr'), named(`banned${family}`)),
            counter,
            drop,
          ),
        ),
        silent(outside, jump('check_sender')),
        silent(is(meta('iifname'), named('inside')), jump('check_sender')),
        silent(outside, isNew, jump('limit_uplink')),
        silent(outside, accept),
        // The later rule wins: the card says more than the address, the address more than the network.
        silent(assign(meta('mark'), lookup(meta('iifname'), 'network_mark'))),
        silent(assign(meta('mark'), lookup(payload('ip', 'saddr'), 'address_mark'))),
        silent(assign(meta('mark'), lookup(payload('ether', 'saddr'), 'device_mark'))),
        // Answers carry no card of ours; they take the mark from their connection.
        silent(assign(ct('mark'), meta('mark'))),
      ],
    },
    {
      name: 'check_sender',
      rules: [
        // A sender that is still choosing its address has no route back, nor has a DHCP server before the first lease.
        silent(is(payload('ip6', 'saddr'), '::'), goBack),
        silent(outside, is(payload('udp', 'sport'), 67), is(payload('udp', 'dport'), 68), goBack),
        // The way back to the sender does not lead through the interface it came from.
        rule('forged sender address', is({ fib: { result: 'oif', flags: ['saddr', 'iif'] } }, false), counter, drop),
      ],
    },
    {
      name: 'limit_uplink',
      rules: [
        rule('no connection begins like this', isNot(tcpFlags, 'syn'), counter, drop),
        ...families.map(([protocol, family]) => {
          const source = payload(protocol, 'saddr')
          const flood = aboveEach(source, `flood${family}`, limits.perSource * 10)
          return rule('flood from one address: banned', flood, remember(source, `banned${family}`), counter, drop)
        }),
        ...families.map(([protocol, family]) =>
          rule(
            'limit for one address',
            aboveEach(payload(protocol, 'saddr'), `source${family}`, limits.perSource),
            counter,
            drop,
          ),
        ),
        rule('limit for the uplink', above(limits.fromUplink), counter, drop),
      ],
    },
  ]
}

const tcpFlags = { '&': [payload('tcp', 'flags'), { '|': ['fin', 'syn', 'rst', 'ack'] }] }
