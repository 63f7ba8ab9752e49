import { plain, reachOf, spelt } from './address.ts'
import { contentsOf, evaluate, isWithin, type Contents, type Packet } from './evaluate.ts'
import { priority, type Chain, type Hook, type Ruleset } from './ruleset.ts'
import type { Firewall } from './schema.ts'

/** A question: may this one connect there? */
export interface Connection {
  /** Interface of the box at which the first packet arrives. */
  readonly interface: string
  /** Of the sending device, when it is known. */
  readonly mac?: string
  readonly source: string
  readonly destination: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly port: number
}

export interface Surroundings {
  /** The box's addresses besides the inner ones. */
  readonly local: readonly string[]
  /** What is in the live sets: locked rooms by number, banned addresses. */
  readonly live: Readonly<Record<string, readonly (string | number)[]>>
}

/** The answer, with the rule that decided. */
export interface Decision {
  readonly verdict: 'accepted' | 'rejected' | 'dropped'
  /** The comment of the deciding rule, or the chain whose policy it was. */
  readonly rule: string
  readonly chain: string
  /** Where it goes in the end: redirected DNS and forwards have another destination than was asked. */
  readonly to: {
    readonly kind: 'box' | 'network' | 'uplink'
    readonly address: string
    readonly port: number
    readonly name: string
  }
  readonly mark: number
}

const verdicts = { accept: 'accepted', reject: 'rejected', drop: 'dropped' } as const

/** Walks the rules the way the kernel does, for the first packet of a connection. Limits count as not reached. */
export function trace(
  firewall: Firewall,
  { ruleset, bridge }: Readonly<Record<'ruleset' | 'bridge', Ruleset>>,
  connection: Connection,
  { local, live }: Surroundings,
): Decision {
  const contents = contentsOf(ruleset, live)
  const boxAddresses = new Set([
    ...local.map(spelt),
    ...(firewall.addresses ?? []),
    ...firewall.networks.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6 ?? ''].map(plain)),
  ])
  const inner = firewall.networks.flatMap(({ ipv4, ipv6 }) => (ipv6 === undefined ? [ipv4] : [ipv4, ipv6]))
  const [source, destination] = [spelt(connection.source), spelt(connection.destination)]
  const reach = reachOf(destination, boxAddresses, inner)
  const start: Packet = {
    iifname: connection.interface,
    ...(connection.mac === undefined ? {} : { mac: connection.mac }),
    source,
    destination,
    protocol: connection.protocol,
    port: connection.port,
    mark: 0,
    translated: false,
    reach,
    here: reach === 'local' && interfaceTowards(firewall, destination) === connection.interface,
    reversible: interfaceTowards(firewall, source) === connection.interface,
  }
  // Neighbours reach one another through the switch; their packets never come to a rule.
  const isNeighbour = reach === 'unicast' && interfaceTowards(firewall, destination) === connection.interface
  if (isNeighbour && connection.interface !== firewall.uplink.interface) {
    return decision({ kind: 'accept', packet: start, rule: 'same network, not filtered', chain: 'bridge' }, firewall)
  }
  // Frames are judged where they come in, whomever they are for.
  if (connection.interface !== firewall.uplink.interface) {
    const frames = bridge.chains.flatMap((chain) => (chain.hook === undefined ? [] : [chain]))
    for (const chain of frames) {
      const walked = walk(chain, start, bridge, contentsOf(bridge, {}))
      if (walked.kind !== 'accept') return decision(walked, firewall)
    }
  }
  const through = (hook: Hook['hook'], prio: number, packet: Packet): Walked => {
    const chain = ruleset.chains.find((one) => one.hook?.hook === hook && one.hook.prio === prio)
    return chain === undefined
      ? { kind: 'accept', packet, rule: '', chain: '' }
      : walk(chain, packet, ruleset, contents)
  }
  let packet = start
  for (const prio of [priority.mangle, priority.dstnat]) {
    const walked = through('prerouting', prio, packet)
    packet = walked.packet
    if (walked.kind !== 'accept') return decision(walked, firewall)
  }
  if (packet.reach !== 'unicast') return decision(through('input', priority.filter, packet), firewall)
  return decision(
    through('forward', priority.filter, { ...packet, oifname: interfaceTowards(firewall, packet.destination) }),
    firewall,
  )
}

interface Undecided {
  readonly kind: 'undecided'
  readonly packet: Packet
}

interface Walked {
  readonly kind: 'accept' | 'drop' | 'reject'
  readonly packet: Packet
  readonly rule: string
  readonly chain: string
}

function walk(chain: Chain, packet: Packet, ruleset: Ruleset, contents: Contents): Walked {
  const passed = along(chain, packet, ruleset, contents)
  return passed.kind !== 'undecided'
    ? passed
    : {
        kind: chain.hook?.policy ?? 'accept',
        packet: passed.packet,
        rule: `policy of ${chain.name}`,
        chain: chain.name,
      }
}

/** Undecided when the end of the chain is reached: whoever jumped here goes on. */
function along(chain: Chain, given: Packet, ruleset: Ruleset, contents: Contents): Walked | Undecided {
  let packet = given
  for (const { comment, expr } of chain.rules) {
    for (const statement of expr) {
      const effect = evaluate(statement, packet, contents)
      if (effect.kind === 'break') break
      if (effect.kind === 'return') return { kind: 'undecided', packet }
      if (effect.kind === 'next') {
        packet = effect.packet
        continue
      }
      if (effect.kind !== 'jump') return { ...effect, rule: comment ?? '', chain: chain.name }
      const target = ruleset.chains.find(({ name }) => name === effect.target)
      const passed =
        target === undefined ? ({ kind: 'undecided', packet } as const) : along(target, packet, ruleset, contents)
      // Of the two rules, the one that says why: `refuse` only says how.
      if (passed.kind !== 'undecided')
        return { ...passed, ...(passed.rule === '' ? { rule: comment ?? '', chain: chain.name } : {}) }
      packet = passed.packet
    }
  }
  return { kind: 'undecided', packet }
}

function decision({ kind, packet, rule, chain }: Walked, firewall: Firewall): Decision {
  const { destination: address, port, mark } = packet
  const network = firewall.networks.find((one) => one.interface === interfaceTowards(firewall, address))
  const to =
    packet.reach !== 'unicast'
      ? { kind: 'box' as const, name: 'box' }
      : network === undefined
        ? { kind: 'uplink' as const, name: 'uplink' }
        : { kind: 'network' as const, name: network.name }
  return { verdict: verdicts[kind], rule, chain, mark, to: { ...to, address, port } }
}

/** The box's routes: what is in no network of its own lies behind the uplink. */
export function interfaceTowards({ networks, uplink }: Firewall, address: string): string {
  const network = networks.find(({ ipv4, ipv6 }) =>
    [ipv4, ipv6].some((own) => own !== undefined && isWithin(address, plain(own), Number(own.split('/')[1]))),
  )
  return network?.interface ?? uplink.interface
}
