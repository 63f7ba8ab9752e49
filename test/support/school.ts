import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import type { StateDocument } from '../../agent/model/document.ts'
import { SchoolState, type SchoolStateInput } from '../../agent/model/state.ts'

/** Two schools for tests: the small one of the documentation, and one of the size the box is designed for. */

const exampleFile = new URL('../../docs/example/school.yaml', import.meta.url)

/** `docs/example/school.yaml` as text. */
export function exampleTextWithDirectory(): string {
  return readFileSync(exampleFile, 'utf8')
}

/** The same without the directory, which takes ten seconds to make on a box. */
export function exampleText(): string {
  return exampleTextWithDirectory().replace(/^#[^\n]*\ndirectory:\n(?: .*\n)+\n/m, '')
}

/** The same as a person wrote it, to be changed and parsed. */
export function exampleInput(): SchoolStateInput {
  return parse(exampleText()) as SchoolStateInput
}

/** The small school: networks school (lan0) and guest (guest0), rooms r214, r118 and workshop (no internet). */
export function exampleSchool(): SchoolState {
  return SchoolState.parse(parse(exampleText()))
}

const two = (number: number): string => String(number).padStart(2, '0')
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

interface DesignRoom {
  readonly name: string
  readonly network: 'school' | 'teachers'
  /** Third byte of the addresses in this room, and fourth of its devices' MAC addresses: r214 has 14. */
  readonly block: number
}

/** Three floors of twenty rooms; the first two rooms belong to the staff. */
const rooms: readonly DesignRoom[] = [2, 1, 0].flatMap((floor, index) =>
  range(20).map((number) => ({
    name: `r${floor}${two(number)}`,
    network: floor === 0 && number <= 2 ? ('teachers' as const) : ('school' as const),
    block: index * 20 + number,
  })),
)

const roomDevices = (room: DesignRoom): NonNullable<SchoolStateInput['devices']> =>
  [...range(30).map((number) => `pc${two(number)}`), 'teacher', 'printer'].map((name, index) => ({
    name: `${room.name}-${name}`,
    mac: `52:54:00:${two(room.block)}:${two(index + 1)}:01`,
    room: room.name,
    address: `${room.network === 'school' ? '10.20' : '10.21'}.${room.block}.${index + 1}`,
    ...(name === 'printer' ? { internet: false } : {}),
  }))

/** 2,000 devices: 32 in each of 60 rooms, 50 laptops of teachers without an address of their own, 28 access points, two others. */
const devices: NonNullable<SchoolStateInput['devices']> = [
  ...rooms.flatMap(roomDevices),
  ...range(50).map((number) => ({
    name: `laptop-${two(number)}`,
    mac: `52:54:00:80:${two(number)}:01`,
    network: 'teachers',
  })),
  ...range(28).map((number) => ({
    name: `ap-${two(number)}`,
    mac: `52:54:00:81:${two(number)}:01`,
    network: 'wlan',
    address: `10.22.0.${number + 1}`,
    internet: false,
  })),
  { name: 'roof-sensor', mac: '52:54:00:82:01:01', network: 'school', address: '10.20.0.9' },
  { name: 'storage', mac: '52:54:00:82:02:01', network: 'school', address: '10.20.0.10', internet: false },
]

/** The school of the design size as a person would declare it. Each call gives a fresh value, always the same one. */
export function designInput(): SchoolStateInput {
  return structuredClone({
    version: 1,
    school: { name: 'Gymnasium am Beispielweg', domain: 'schule.lan' },
    uplink: { port: 'uplink0' },
    networks: [
      {
        name: 'school',
        ports: ['lan0'],
        ipv4: '10.20.0.1/16',
        ipv6: 'fd20:1::1/64',
        pool: { from: '10.20.200.1', to: '10.20.207.254' },
      },
      {
        name: 'teachers',
        ports: ['lan1'],
        ipv4: '10.21.0.1/16',
        ipv6: 'fd20:3::1/64',
        pool: { from: '10.21.200.1', to: '10.21.203.254' },
        lease: '8h',
      },
      {
        name: 'wlan',
        ports: ['lan2'],
        ipv4: '10.22.0.1/20',
        ipv6: 'fd20:4::1/64',
        pool: { from: '10.22.1.1', to: '10.22.15.250' },
        lease: '2h',
        filter: 'youth',
      },
      {
        name: 'guest',
        kind: 'guest',
        ports: ['guest0'],
        ipv4: '10.30.0.1/22',
        ipv6: 'fd20:2::1/64',
        pool: { from: '10.30.0.50', to: '10.30.3.250' },
        lease: '1h',
        filter: 'youth',
      },
    ],
    rooms: rooms.map((room) => ({
      name: room.name,
      title: `Raum ${room.name.slice(1)}`,
      network: room.network,
      ...(room.network === 'school' ? { filterWhenLocked: 'exam' } : {}),
      ...(room.name === 'r105' || room.name === 'r106' ? { internet: false } : {}),
    })),
    devices,
    services: [
      { name: 'web', protocol: 'tcp', ports: [80, 443], from: ['school'] },
      { name: 'files', protocol: 'tcp', ports: [445], from: ['school'] },
      { name: 'mail', protocol: 'tcp', ports: [25], from: ['uplink', 'school'] },
    ],
    forwards: [
      { name: 'weather', protocol: 'tcp', port: 8443, to: { device: 'roof-sensor', port: 443 } },
      { name: 'storage', protocol: 'tcp', port: 9443, to: { device: 'storage', port: 443 } },
    ],
    filters: {
      lists: [
        { name: 'adult', domains: ['adult.example.com'] },
        { name: 'games', domains: ['games.example.org', 'play.example.net'] },
        { name: 'exam', domains: ['exam.example.org'] },
      ],
      profiles: [
        { name: 'default', block: ['adult'] },
        { name: 'youth', block: ['adult', 'games'] },
        { name: 'exam', only: ['exam'] },
      ],
    },
  } satisfies SchoolStateInput)
}

/** 4 networks, 60 rooms (r001–r020, r101–r120, r201–r220), 2,000 devices. */
export function designSchool(): SchoolState {
  return SchoolState.parse(designInput())
}

/** The same as a person would write it: the school in one file, its devices in another, one a line. */
export function designDocuments(): readonly StateDocument[] {
  const { devices: listed = [], ...school } = designInput()
  const lines = listed.map(
    (device) =>
      `  - { ${Object.entries(device)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')} }\n`,
  )
  return [
    { file: 'school.yaml', text: stringify(school) },
    { file: 'devices.yaml', text: `devices:\n${lines.join('')}` },
  ]
}
