import { plain } from './address.ts'
import { aboveEachMinute, counter, drop, is, named, payload, remember } from './expression.ts'
import { priority, rule, type NamedSet, type Ruleset } from './ruleset.ts'
import type { Firewall } from './schema.ts'
import { fixed, meter } from './sets.ts'

/** Cards that have said to be the box, and that have announced themselves as routers. */
export const claimSets = { address: 'claims', router: 'routers' } as const
/** Seconds for which such a card is remembered: long enough for somebody to look. */
const claimMemory = 3_600

/**
 * Requests for addresses of one card. A machine that starts asks some ten times (network boot, boot loader, system), and
 * a phone that walks through the house a few times a minute. Each address costs two requests.
 */
const requests = { perMinute: 4, burst: 40 } as const
/** Seconds after which a card has all of them again. */
const requestMemory = (requests.burst / requests.perMinute) * 60

/**
 * The table for frames, as they enter a bridge of the box from a cable: before anybody hears them who reads packets from
 * the interface itself, as a DHCP server does, and before the kernel learns from them who has an address. Pure.
 */
export function renderBridge(firewall: Firewall): Ruleset {
  const { networks, addresses = [] } = firewall
  const card = payload('ether', 'saddr')
  const sets: readonly NamedSet[] = [
    fixed('box', 'ipv4_addr', [
      ...networks.map(({ name, ipv4 }) => ({ key: plain(ipv4), label: `claims to the address in ${name}` })),
      ...addresses.map((key) => ({ key, label: `claims to the address ${key}` })),
    ]),
    meter(claimSets.address, 'ether_addr', claimMemory),
    meter(claimSets.router, 'ether_addr', claimMemory),
    meter('dhcp_requests', 'ether_addr', requestMemory),
  ]
  return {
    family: 'bridge',
    table: firewall.table,
    sets,
    chains: [
      {
        name: 'frames',
        hook: { type: 'filter', hook: 'prerouting', prio: priority.frames, policy: 'accept' },
        rules: [
          rule(
            'address of the box claimed by another',
            is(payload('arp', 'saddr ip'), named('box')),
            remember(card, claimSets.address),
            counter,
            drop,
          ),
          // The box is the only router of its networks.
          rule(
            'router that is not the box',
            is(payload('icmpv6', 'type'), 'nd-router-advert'),
            remember(card, claimSets.router),
            counter,
            drop,
          ),
          rule(
            'DHCP requests of one card',
            is(payload('udp', 'dport'), 67),
            aboveEachMinute(card, 'dhcp_requests', requests.perMinute, requests.burst),
            counter,
            drop,
          ),
        ],
      },
    ],
  }
}
