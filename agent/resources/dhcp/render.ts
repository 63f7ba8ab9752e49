import type { RenderedFile } from '../../engine/resource.ts'
import type { Desired, DhcpNetwork, JsonObject, Listener, Reservation } from './schema.ts'

/** `br-school/10.20.0.1`, as Kea writes it. */
export const listenerText = ({ bridge, address }: Listener): string => `${bridge}/${address}`

export const configFile = 'kea-dhcp4.conf'

export function render(desired: Desired): readonly RenderedFile[] {
  return [{ path: configFile, text: `${JSON.stringify(keaConfig(desired), null, 2)}\n` }]
}

/**
 * Kea's configuration as Kea itself would give it back, less what it fills in.
 * @param listeners where to listen.
 */
export function keaConfig(
  { domain, networks }: Desired,
  listeners: readonly Listener[] = networks.map(({ bridge, box }) => ({ bridge, address: box })),
): JsonObject {
  return {
    Dhcp4: {
      'interfaces-config': {
        // One address of each, since Kea answers once for every address it listens on, and a bridge can have another
        // one beside the box's. In Kea's order: by bridge.
        interfaces: listeners
          .toSorted((a, b) => (a.bridge < b.bridge ? -1 : 1))
          .map((listener) => listenerText(listener)),
        // A bridge without a cable cannot be listened on: tried every two seconds until somebody plugs one in.
        'service-sockets-max-retries': 2_147_483_647,
        'service-sockets-retry-wait-time': 2_000,
      },
      'control-socket': { 'socket-type': 'unix', 'socket-name': 'kea4-ctrl-socket' },
      'lease-database': { type: 'memfile', 'lfc-interval': 3_600 },
      'hooks-libraries': [{ library: 'libdhcp_lease_cmds.so' }],
      // The box stands in every network itself: a relayed request is somebody reaching for another network's addresses.
      'client-classes': [{ name: 'DROP', test: 'not (pkt4.giaddr == 0.0.0.0)' }],
      authoritative: true,
      // A PC is its network card: it keeps its address through network boot, imaging and a second operating system.
      'match-client-id': false,
      'host-reservation-identifiers': ['hw-address'],
      'reservations-in-subnet': true,
      'reservations-out-of-pool': true,
      'calculate-tee-times': true,
      // One device that cries conflict must not take addresses out of use for a day.
      'decline-probation-period': 600,
      'dhcp-ddns': { 'enable-updates': false },
      // One thread serves some thousand devices a second; more make each loading of a configuration warn twice.
      'multi-threading': { 'enable-multi-threading': false },
      subnet4: networks.map((network) => subnet(network, domain)),
      loggers: [
        { name: 'kea-dhcp4', severity: 'WARN', 'output-options': [{ output: 'stdout', pattern: '%-5p %m\n' }] },
      ],
    },
  }
}

function subnet(
  { name, id, subnet: prefix, box, lease, pools, reservations }: DhcpNetwork,
  domain: string,
): JsonObject {
  return {
    id,
    subnet: prefix,
    'user-context': { network: name },
    'valid-lifetime': lease,
    pools: pools.map((pool) => ({ pool })),
    'option-data': [
      { name: 'routers', data: box },
      { name: 'domain-name-servers', data: box },
      { name: 'domain-name', data: domain },
      { name: 'ntp-servers', data: box },
    ],
    reservations: reservations.map((reservation) => host(reservation)),
  }
}

function host({ mac, name, address }: Reservation): JsonObject {
  return { 'hw-address': mac, hostname: name, ...(address === undefined ? {} : { 'ip-address': address }) }
}
