import { exampleText } from '../../support/school.ts'
import { accountSamples } from './samples-accounts.ts'
import { boxSamples, generation, lock } from './samples-box.ts'
import { directorySamples } from './samples-directory.ts'
import { labSamples } from './samples-lab.ts'
import { at, peopleSamples } from './samples-people.ts'

/**
 * One result of every command, as it could be on the example school: 19 August 2026, a Wednesday in Berlin.
 * `command name of the sample → result`.
 */

const earlier = { ...generation, number: 12, at: at('08:05'), by: 'root', reason: '', current: false }

const wrong = [
  {
    severity: 'error',
    file: 'school.yaml',
    line: 14,
    path: 'networks[0].ipv4',
    message: '10.300.0.1/16 is not an IPv4 address with a prefix length',
  },
  { severity: 'error', file: 'school.yaml', line: 31, path: 'rooms[7].colour', message: 'unknown key "colour"' },
]

const warning = {
  severity: 'warning',
  file: 'school.yaml',
  line: 61,
  path: 'forwards[0].to.device',
  message: 'roof-sensor has no reserved address; the forward ends when its lease changes',
  hint: 'Give it an address.',
}

const changes = [
  { name: 'dhcp', lines: ['+ reservation r118-pc32 52:54:00:18:32:01 → 10.20.18.32'] },
  { name: 'dns', lines: ['+ r118-pc32.schule.lan → 10.20.18.32', '- old-printer.schule.lan'] },
]

const applied = {
  generation: 13,
  unchanged: false,
  resources: [
    { name: 'interfaces', state: 'converged', detail: '', lines: [] },
    ...changes.map((change) => ({ ...change, state: 'converged', detail: '' })),
  ],
  warnings: [],
  trial: null,
}

const device = {
  name: 'r214-pc09',
  mac: '52:54:00:14:09:01',
  room: 'r214',
  network: 'school',
  address: '10.20.14.9',
  internet: true,
  comment: null,
}

export const samples: Readonly<Record<string, unknown>> = {
  'image build': {
    role: 'school',
    version: '0.1.0+5f2c9e1',
    digest: '9b1ce07a'.repeat(8),
    folder: '/var/cache/iserv-ctl/images/school',
    tree: '/var/cache/iserv-ctl/images/school/tree',
    lock: '/var/cache/iserv-ctl/images/school/school.lock.json',
    sbom: '/var/cache/iserv-ctl/images/school/school.sbom.json',
    raw: '/var/cache/iserv-ctl/images/school/school.raw',
    warnings: [
      'The lock list was written with our part 0.1.0+77aa01c; this image carries 0.1.0+5f2c9e1 and so differs.',
    ],
  },
  'box logs': {
    entries: [
      { at: at('09:30'), level: 'info', message: 'Generation 13 is in force', fields: { generation: 13 } },
      { at: at('09:52'), level: 'warning', message: 'dhcp: repaired', fields: { resource: 'dhcp' } },
    ],
  },
  'state check': {
    valid: true,
    files: ['school.yaml'],
    counts: { networks: 4, rooms: 60, devices: 2000 },
    problems: [warning],
  },
  'state check refused': {
    valid: false,
    files: ['school.yaml'],
    counts: null,
    problems: [...wrong, warning],
  },
  'state plan': { from: 12, to: 13, resources: changes, warnings: [warning], files: ['school.yaml'] },
  'state plan without a change': { from: 12, to: 13, resources: [], warnings: [], files: ['school.yaml'] },
  'state apply': applied,
  'state apply on trial': { ...applied, trial: { generation: 13, backTo: 12, deadline: at('09:35') } },
  'state confirm': { generation: 13 },
  'state history': {
    generations: [
      generation,
      { ...earlier, outcome: 'reverted', detail: 'nobody confirmed it in time' },
      { ...earlier, number: 11, outcome: 'refused', detail: 'dhcp would not take this state' },
    ],
  },
  'state show': { ...generation, documents: [{ file: 'school.yaml', text: exampleText() }] },
  'state rollback': { ...applied, generation: 14 },
  'state export': { generation: 13, documents: [{ file: 'school.yaml', text: '# our school\nversion: 1\n' }] },
  'share list': {
    shares: [
      {
        name: 'Klassen',
        comment: 'Material, Abgabe und Austausch der Klassen',
        path: '/var/srv/classes',
        groups: ['pupils', 'teachers'],
        bytes: 48_318_382_080,
      },
      { name: 'Lehrer', comment: '', path: '/var/srv/shares/teachers', groups: ['teachers'], bytes: null },
    ],
    storage: { free: 1_319_413_953_331, total: 1_979_120_929_996 },
  },
  'wlan show': {
    domain: 'schule.lan',
    accessPoints: [
      { name: 'ap-r214', address: '10.20.0.40', server: '10.20.0.1' },
      { name: 'hall', address: '10.20.8.0/24', server: '10.20.0.1' },
    ],
    places: [
      { role: 'teacher', network: 'teachers', vlan: 120 },
      { role: 'pupil', network: 'school', vlan: null },
    ],
  },
  'wlan secret': {
    secrets: [
      { accessPoint: 'ap-r214', address: '10.20.0.40', server: '10.20.0.1', secret: 'k7qm-2hxd-p9ra-w4tz-86cn-yb3f' },
    ],
  },
  'wlan log': {
    attempts: [
      {
        at: at('09:41'),
        outcome: 'accepted',
        login: 'm.weber',
        role: 'teacher',
        network: 'teachers',
        accessPoint: 'ap-r214',
        device: '02-15-E2-00-00-41',
        reason: null,
      },
      {
        at: at('09:44'),
        outcome: 'refused',
        login: 'm.mueller',
        role: null,
        network: null,
        accessPoint: 'ap-r214',
        device: '02-15-E2-00-00-42',
        reason: 'wrong password',
      },
    ],
  },
  'share show': {
    share: {
      name: 'Klassen',
      comment: 'Material, Abgabe und Austausch der Klassen',
      path: '/var/srv/classes',
      groups: ['pupils', 'teachers'],
      bytes: 3_758_096_384,
    },
    folders: [
      { name: '5a', owner: 'klasse-5a', bytes: 2_254_857_830, changed: at('09:41') },
      { name: '4c', owner: null, bytes: 16_384, changed: at('09:41') },
    ],
  },
  'share archive': {
    acts: [
      {
        at: at('03:12'),
        act: 'deleted',
        place: 'homes',
        name: 'j.weber',
        number: 100_117,
        folder: 'j.weber-100117-2025-09-01',
      },
      {
        at: at('00:04'),
        act: 'archived',
        place: 'classes',
        name: '10a',
        number: 50_112,
        folder: '10a-50112-2026-07-31',
      },
    ],
    total: 240,
  },
  'share archive of nobody': { acts: [], total: 0 },
  'share quota': {
    counted: true,
    people: [
      { login: 'm.mueller', role: 'pupil', used: 2_086_666_240, limit: 2_147_483_648 },
      { login: 'a.schmidt', role: 'teacher', used: 734_003_200, limit: null },
    ],
  },
  'share quota where nothing is counted': { counted: false, people: [] },
  'device list': {
    devices: [device, { ...device, name: 'librarian', room: null, address: null, comment: 'Bücherei' }],
  },
  'device add': { device, before: null, applied },
  'device add again': { device, before: device, applied: null },
  'device add changed': { device, before: { ...device, address: '10.20.14.8' }, applied },
  'device remove': { removed: [device], applied },
  'device import': {
    file: 'devices.csv',
    format: 'linuxmuster',
    encoding: 'UTF-8',
    delimiter: ';',
    read: 31,
    rooms: [{ name: 'r118', network: 'school' }],
    added: [device],
    changed: [{ before: { ...device, address: null }, after: device }],
    unchanged: 28,
    untouched: 5,
    ignored: ['column 9'],
    warnings: [
      {
        severity: 'warning',
        file: 'devices.csv',
        line: 12,
        column: 5,
        path: 'ip',
        message: 'DHCP: an address from the pool',
      },
    ],
    dryRun: true,
    applied: null,
  },
  ...boxSamples,
  ...peopleSamples,
  ...directorySamples,
  ...accountSamples,
  ...labSamples,
  'dhcp leases': {
    leases: [
      {
        address: '10.20.14.7',
        mac: '52:54:00:14:07:01',
        network: 'school',
        device: 'r214-pc07',
        room: 'r214',
        hostname: 'r214-pc07',
        since: at('08:00'),
        ends: at('12:00'),
      },
      {
        address: '10.30.0.50',
        mac: '52:54:00:99:00:02',
        network: 'guest',
        device: null,
        room: null,
        hostname: 'Galaxy-von-Jürgen',
        since: at('09:00'),
        ends: at('10:00'),
      },
    ],
  },
  'dns lookup': {
    name: 'games.example.org',
    as: 'r214',
    profile: 'youth',
    locked: false,
    status: 'NXDOMAIN',
    answers: [],
    why: 'blocked',
    list: 'games',
    entry: 'games.example.org',
  },
  'guide list': { pages: [{ name: 'state', title: 'The school state' }] },
  'guide show': { name: 'state', title: 'The school state', text: '# The school state\n' },
  'room list': {
    rooms: [
      {
        name: 'r214',
        title: 'Computerraum 214',
        network: 'school',
        devices: 31,
        internet: true,
        filter: 'default',
        lock,
      },
      {
        name: 'workshop',
        title: 'Werkstatt',
        network: 'school',
        devices: 1,
        internet: false,
        filter: null,
        lock: null,
      },
    ],
  },
  'room lock': { locks: [lock, { ...lock, room: 'r118', until: null }], openToUnknown: ['school'] },
  'room unlock': { unlocked: ['r214'] },
  'firewall show': {
    inForce: true,
    zones: [
      { name: 'uplink', zone: 'uplink', interface: 'uplink0', internet: null, devices: 0, withoutInternet: 0 },
      { name: 'school', zone: 'school', interface: 'br-school', internet: true, devices: 2000, withoutInternet: 12 },
    ],
    services: [{ name: 'web', protocol: 'tcp', ports: [80, 443], from: ['school'] }],
    forwards: [{ name: 'weather', protocol: 'tcp', port: 8443, to: 'roof-sensor (10.20.0.9:443)' }],
    limits: { fromUplink: 500, perSource: 50, perDevice: 200, banFor: 600 },
    lockedRooms: 1,
    counters: [{ rule: 'locked', chain: 'forward', packets: 1200, bytes: 96_000 }],
    bans: [{ address: '198.51.100.77', seconds: 480 }],
    foreign: ['inet docker'],
  },
  'firewall trace': {
    from: { address: '10.20.14.7', name: 'r214-pc07' },
    to: { address: '203.0.113.5', port: 443, name: 'internet' },
    protocol: 'tcp',
    verdict: 'rejected',
    decidedBy: 'lock of room r214, set by m.weber on Wed 09:41, ends Wed 10:26',
    reaches: null,
    wouldThen: { verdict: 'accepted', decidedBy: 'network school → internet' },
  },
}
