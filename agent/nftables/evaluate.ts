import { BlockList, isIPv4 } from 'node:net'
import type { Reach } from './address.ts'
import type { Expression, Json, Statement } from './expression.ts'
import { joint, type Ruleset } from './ruleset.ts'

/** The first packet of a connection, where it stands on its way through the box. */
export interface Packet {
  readonly iifname: string
  /** Known once it is routed. */
  readonly oifname?: string
  readonly mac?: string
  readonly source: string
  readonly destination: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly port: number
  readonly mark: number
  /** Its destination was translated. */
  readonly translated: boolean
  /** Its destination is an address of the box, of many hosts, or of another host. */
  readonly reach: Reach
  /** Its destination is the box's address on the interface it came from. */
  readonly here: boolean
  /** The way back to its source leads through the interface it came from. */
  readonly reversible: boolean
}

/** Members of a set, values of a map. Live sets as they are meant to be at that moment. */
export type Contents = ReadonlyMap<string, ReadonlyMap<string | number, string | number | true>>

export function contentsOf({ sets }: Ruleset, live: Readonly<Record<string, readonly (string | number)[]>>): Contents {
  return new Map(
    sets.map(({ name, elements }) => [
      name,
      new Map(
        [...elements, ...(live[name] ?? []).map((key) => ({ key, value: undefined }))].map(({ key, value }) => [
          key,
          value ?? true,
        ]),
      ),
    ]),
  )
}

/** How a statement leaves the rule: on to the next statement, the rule does not apply, or the packet's fate. */
export type Effect =
  | { readonly kind: 'next'; readonly packet: Packet }
  | { readonly kind: 'break' }
  | { readonly kind: 'return' }
  | { readonly kind: 'accept' | 'drop' | 'reject'; readonly packet: Packet }
  | { readonly kind: 'jump'; readonly target: string }

const stop: Effect = { kind: 'break' }

/** What the kernel would do, for the statements that this module makes. */
export function evaluate(statement: Statement, packet: Packet, contents: Contents): Effect {
  const next: Effect = { kind: 'next', packet }
  const [[kind, body] = ['', null]] = Object.entries(statement)
  switch (kind) {
    case 'match':
      return matches(body as unknown as Match, packet, contents) ? next : stop
    case 'accept':
    case 'drop':
    case 'reject':
      return { kind, packet }
    case 'return':
      return { kind: 'return' }
    case 'jump':
      return { kind, target: field(body, 'target') as string }
    case 'mangle': {
      const value = valueOf(field(body, 'value'), packet, contents)
      if (typeof value !== 'number') return stop
      return isMeta(field(body, 'key'), 'mark') ? { kind: 'next', packet: { ...packet, mark: value } } : next
    }
    case 'redirect':
    case 'dnat': {
      const port = valueOf(field(body, 'port'), packet, contents)
      if (typeof port !== 'number') return stop
      const moved = { ...packet, port, translated: true }
      if (kind === 'redirect') return { kind: 'accept', packet: { ...moved, reach: 'local', here: true } }
      return {
        kind: 'accept',
        packet: { ...moved, reach: 'unicast', here: false, destination: field(body, 'addr') as string },
      }
    }
    case 'set':
      // A meter lets the first packet through, remembering an address holds nobody up.
      return field(body, 'stmt') === null ? next : stop
    case 'limit':
    case 'vmap':
      // Below every limit, and of a state that no map decides: new.
      return stop
    default:
      return next
  }
}

interface Match {
  readonly op: '==' | '!=' | 'in' | '!'
  readonly left: Expression
  readonly right: Expression
}

function matches({ op, left, right }: Match, packet: Packet, contents: Contents): boolean {
  const value = valueOf(left, packet, contents)
  // What the packet does not have, neither equals nor differs.
  if (value === undefined) return false
  return isAmong(value, right, contents) === (op === '==' || op === 'in')
}

function isAmong(value: Json, right: Expression, contents: Contents): boolean {
  if (typeof right === 'string' && right.startsWith('@')) {
    return contents.get(right.slice(1))?.has(value as string | number) ?? false
  }
  const set = field(right, 'set')
  if (Array.isArray(set)) return set.some((member) => isAmong(value, member, contents))
  const range = field(right, 'range') as readonly [number, number] | null
  if (range !== null) return typeof value === 'number' && range[0] <= value && value <= range[1]
  const prefix = field(right, 'prefix')
  if (prefix !== null)
    return typeof value === 'string' && isWithin(value, field(prefix, 'addr') as string, field(prefix, 'len') as number)
  return value === right
}

export function isWithin(address: string, network: string, length: number): boolean {
  const family = isIPv4(network) ? 'ipv4' : 'ipv6'
  if (isIPv4(address) !== (family === 'ipv4')) return false
  const list = new BlockList()
  list.addSubnet(network, length, family)
  return list.check(address, family)
}

/** Undefined when the packet has no such field, or the map no such key. */
function valueOf(expression: Expression, packet: Packet, contents: Contents): Json | undefined {
  if (expression === null || typeof expression !== 'object') return expression
  const [[kind, body] = ['', null]] = Object.entries(expression)
  switch (kind) {
    case 'meta':
      return metaValue(field(body, 'key') as string, packet)
    case 'payload':
      return payloadValue(field(body, 'protocol') as string, field(body, 'field') as string, packet)
    case 'ct':
      return ctValue(field(body, 'key') as string, packet)
    case 'fib':
      return field(body, 'result') === 'type' ? destinationType(body, packet) : packet.reversible
    case '&': {
      const [operand, mask] = body as readonly [Expression, number]
      const value = valueOf(operand, packet, contents)
      return typeof value === 'number' ? value & mask : value
    }
    case 'concat': {
      const parts = (body as readonly Expression[]).map((part) => valueOf(part, packet, contents))
      return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? parts.join(joint) : undefined
    }
    case 'map': {
      const key = valueOf(field(body, 'key'), packet, contents)
      const map = contents.get((field(body, 'data') as string).slice(1))
      return typeof key === 'string' || typeof key === 'number' ? map?.get(key) : undefined
    }
    default:
      return undefined
  }
}

function destinationType(fib: Json, { here, reach }: Packet): Reach {
  const flags = field(fib, 'flags')
  const onlyHere = Array.isArray(flags) && flags.includes('iif')
  return reach === 'local' && onlyHere && !here ? 'unicast' : reach
}

function metaValue(key: string, packet: Packet): Json | undefined {
  if (key === 'l4proto') return packet.protocol
  if (key === 'nfproto') return isIPv4(packet.source) ? 'ipv4' : 'ipv6'
  return key === 'iifname' || key === 'oifname' || key === 'mark' ? packet[key] : undefined
}

function payloadValue(protocol: string, name: string, packet: Packet): Json | undefined {
  const family = isIPv4(packet.source) ? 'ip' : 'ip6'
  if (protocol === 'ether') return name === 'saddr' ? packet.mac : undefined
  if (protocol === family) return name === 'saddr' ? packet.source : name === 'daddr' ? packet.destination : undefined
  if (protocol === (family === 'ip' ? 'icmp' : 'icmpv6')) return packet.protocol === 'icmp' ? 'echo-request' : undefined
  if (packet.protocol === 'icmp' || (protocol !== 'th' && protocol !== packet.protocol)) return undefined
  // A new connection comes from a port that no service uses; a TCP connection begins with SYN alone.
  return name === 'dport' ? packet.port : name === 'sport' ? 50_000 : undefined
}

function ctValue(key: string, packet: Packet): Json | undefined {
  if (key === 'state') return 'new'
  if (key === 'status') return packet.translated ? 'dnat' : 'none'
  if (key === 'direction') return 'original'
  return key === 'mark' ? 0 : undefined
}

const isMeta = (expression: Expression, key: string): boolean => field(field(expression, 'meta'), 'key') === key

function field(value: Json, key: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  return (value as Readonly<Record<string, Json>>)[key] ?? null
}
