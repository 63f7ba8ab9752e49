import { at } from './samples-people.ts'

/** Of the box itself: what runs, and its ports. */

export const generation = {
  number: 13,
  at: at('09:30'),
  by: 'm.weber',
  reason: 'new computer room',
  outcome: 'applied',
  detail: '',
  current: true,
}

export const lock = { room: 'r214', since: at('09:41'), until: at('10:26'), by: 'm.weber' }

const ports = [
  { name: 'enx525400aa011e', mac: '52:54:00:aa:01:1e', driver: 'igc', link: 'up', use: ['internet'] },
  { name: 'enx525400aa011f', mac: '52:54:00:aa:01:1f', driver: 'igc', link: 'down', use: ['school', 'guest'] },
  { name: 'enx525400aa0120', mac: '52:54:00:aa:01:20', driver: 'r8169', link: 'off', use: [] },
]
const unused = ports.map((port) => ({ ...port, use: [] }))

const status = {
  version: '0.1.0',
  school: { name: 'Gymnasium am Beispielweg', domain: 'schule.lan', directory: true },
  generation,
  held: null,
  resources: ['interfaces', 'firewall', 'dhcp', 'dns', 'time'].map((name) => ({
    name,
    state: 'converged',
    since: at('09:30'),
    detail: '',
    findings: [{ code: `${name}-serves`, severity: 'ok', message: 'serves' }],
  })),
  ports,
  trial: null,
  locks: [lock],
}

export const boxSamples: Readonly<Record<string, unknown>> = {
  'box status': status,
  'box status with trouble': {
    ...status,
    locks: [],
    trial: { generation: 13, backTo: 12, deadline: at('09:35') },
    resources: [
      ...status.resources.slice(0, 2),
      {
        name: 'dhcp',
        state: 'failed',
        since: at('09:31'),
        detail: 'Kea was started but does not answer',
        findings: [{ code: 'dhcp-silent', severity: 'error', message: 'Nobody gets an address.' }],
      },
      {
        name: 'dns',
        state: 'converged',
        since: at('09:30'),
        detail: '',
        findings: [{ code: 'dns-uplink', severity: 'warning', message: 'The internet does not answer.' }],
      },
      { name: 'time', state: 'waiting', since: at('09:31'), detail: 'for interfaces', findings: [] },
    ],
  },
  'box status of a new box': { ...status, school: null, generation: null, resources: [], ports: unused, locks: [] },
  'box status without a port': {
    ...status,
    locks: [],
    ports: ports.slice(0, 1),
    resources: [
      {
        ...status.resources[0],
        findings: [{ code: 'port-missing', severity: 'error', message: 'This server has no port enx525400aa011f.' }],
      },
    ],
  },
  'port list': { ports },
  'port list of none': { ports: [] },
}
