/** Results of the commands about labs. */
export const labSamples: Readonly<Record<string, unknown>> = {
  'lab start': {
    name: 'school-lab',
    server: 'http://server.schule.lan/',
    visit: { client: 'r214-pc07', address: '10.20.14.7', page: 'Hello' },
  },
  'lab start named': {
    name: 'second',
    server: 'http://server.schule.lan/',
    visit: { client: 'r214-pc07', address: '10.20.14.7', page: 'Hello' },
  },
  'lab list': {
    labs: [
      { name: 'school-lab', state: 'running', kind: 'container', devices: 5 },
      { name: 'second', state: 'ended', kind: 'machine', devices: 1 },
      { name: 'old', state: 'unknown', kind: null, devices: null },
    ],
  },
  'lab list none': { labs: [] },
  'lab up': {
    version: 1,
    name: 'school-lab',
    kind: 'container',
    phase: 'running',
    owner: { pid: 4711, started: '123456' },
    tied: false,
    source: '/var/cache/iserv-ctl/images/school/tree',
    ports: ['uplink0', 'lan0', 'guest0'],
    clients: [{ name: 'r214-pc07', port: 'lan0', mac: '52:54:00:14:07:01' }],
  },
  'lab status': {
    name: 'school-lab',
    box: { state: 'running', failed: [], source: '/var/cache/iserv-ctl/images/school/tree' },
    clients: [{ name: 'r214-pc07', port: 'lan0', mac: '52:54:00:14:07:01', addresses: ['10.20.14.7', 'fd20:1::7'] }],
  },
  'lab down': { name: 'school-lab', found: true },
}
