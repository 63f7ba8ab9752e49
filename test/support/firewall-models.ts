import type { Firewall } from '../../agent/nftables/schema.ts'
import { fc } from './property.ts'

/** Any house that its schema allows and whose names fit together. */
export const anyFirewall: fc.Arbitrary<Firewall> = fc
  .record({
    networks: fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 6 }),
    rooms: fc.uniqueArray(fc.nat(500), { maxLength: 12 }),
    devices: fc.uniqueArray(fc.nat(60_000), { maxLength: 40 }),
    services: fc.uniqueArray(fc.nat(30), { maxLength: 6 }),
    forwards: fc.uniqueArray(fc.nat(30), { maxLength: 6 }),
    choices: fc.infiniteStream(fc.nat(1_000_000)),
  })
  .map(({ networks, rooms, devices, services, forwards, choices }) => {
    const next = (below: number): number => Number(choices.next().value ?? 0) % below
    const maybe = <T>(key: string, value: () => T) => (next(2) === 0 ? {} : { [key]: value() })
    const port = () => 1 + next(65_535)
    const protocol = () => (['tcp', 'udp'] as const)[next(2)] ?? 'tcp'
    const zones = (['uplink', 'school', 'guest'] as const).filter(() => next(2) === 0)
    const first = 5400
    const dnsPort = () => first + next(8)
    const networkName = () => `n${networks[next(networks.length)] ?? 0}`
    return {
      table: 'iserv',
      uplink: { interface: ['uplink0', 'enp1s0.100', 'eth-0_x'][next(3)] ?? 'uplink0' },
      networks: networks.map((number) => ({
        name: `n${number}`,
        zone: next(3) === 0 ? ('guest' as const) : ('school' as const),
        interface: `br-n${number}`,
        ipv4: `10.${number}.0.1/${16 + next(15)}`,
        ...maybe('ipv6', () => `fd20:${number.toString(16)}::1/64`),
        internet: next(2) === 0,
        ...maybe('internetForUnknown', () => next(2) === 0),
        ...maybe('dnsPort', dnsPort),
      })),
      ...maybe('addresses', () => ['10.249.0.3']),
      ...maybe('nameServer', () => ({ address: '10.249.0.3', ...maybe('dnsPort', dnsPort) })),
      rooms: rooms.map((number) => ({
        name: `r${number}`,
        network: networkName(),
        ...maybe('internet', () => next(2) === 0),
        ...maybe('dnsPort', dnsPort),
        ...maybe('dnsPortWhenLocked', dnsPort),
      })),
      devices: devices.map((number) => ({
        name: `d${number}`,
        mac: `52:54:00:00:${hex(number >> 8)}:${hex(number & 255)}`,
        ...maybe('address', () => `10.250.${number >> 8}.${number & 255}`),
        place:
          rooms.length > 0 && next(2) === 0
            ? { kind: 'room' as const, name: `r${rooms[next(rooms.length)] ?? 0}` }
            : { kind: 'network' as const, name: networkName() },
        ...maybe('internet', () => next(2) === 0),
      })),
      services: services.map((number) => ({
        name: `service-${number}`,
        protocol: protocol(),
        ports: [port(), ...(next(2) === 0 ? [port(), port()] : [])],
        from: zones.length === 0 ? (['school'] as const).slice() : zones.slice(),
        ...maybe('sources', () => ['10.250.0.7/32', '10.250.0.9/32', '10.250.4.0/22', 'fd20:fa::7/128'].slice(next(4))),
        ...maybe('devices', () => ['52:54:00:00:00:07', '52:54:00:00:00:09'].slice(next(3))),
        ...maybe('rooms', () => rooms.slice(0, next(3)).map((room) => `r${room}`)),
        ...maybe('own', () => true),
      })),
      forwards: forwards.map((number) => ({
        name: `forward-${number}`,
        protocol: protocol(),
        port: port(),
        to: { address: `10.250.0.${1 + number}`, port: port() },
      })),
      limits: {
        fromUplink: 1 + next(100_000),
        perSource: 1 + next(10_000),
        perDevice: 1 + next(10_000),
        banFor: 10 + next(600_000),
      },
      dnsPorts: { from: first, to: first + next(8) },
    }
  })

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')
