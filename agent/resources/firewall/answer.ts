import type { RoomLock } from '../../model/lock.ts'
import type { SchoolState } from '../../model/state.ts'
import { lockedRoom } from '../../nftables/forward.ts'
import { markBits } from '../../nftables/marks.ts'
import { trace, type Decision } from '../../nftables/trace.ts'
import { derive } from './derive.ts'
import { question, type Endpoint } from './endpoint.ts'

export interface Asked {
  readonly from: string
  readonly to: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
}

export interface Judged {
  readonly verdict: Decision['verdict']
  readonly decidedBy: string
}

export interface Answer extends Judged {
  readonly from: Endpoint
  readonly to: Endpoint & { readonly port: number }
  readonly protocol: 'tcp' | 'udp'
  readonly reaches: string | null
  readonly wouldThen: Judged | null
}

/**
 * May this one connect there, by the rules as declared and the locks as they are?
 * @param banned addresses the kernel has banned at this moment.
 */
export function answer(
  asked: Asked,
  state: SchoolState,
  locks: readonly RoomLock[],
  { uplinkAddresses, banned }: { readonly uplinkAddresses: readonly string[]; readonly banned: readonly string[] },
): Answer {
  const { firewall, ruleset, bridge, rooms, locks: running } = derive({ state, locks })
  const { from, to, way, local } = question(asked.from, asked.to, state, uplinkAddresses)
  const connection = { ...way, protocol: asked.protocol, port: asked.port }
  const live = { banned4: banned, banned6: banned }
  const names = new Map(Object.entries(rooms).map(([name, number]) => [number, name]))
  const decide = (locked: readonly number[]): Decision =>
    trace(firewall, { ruleset, bridge }, connection, { local, live: { ...live, locked } })
  const judged = ({ verdict, rule, chain, mark }: Decision): Judged => {
    const lock = locks.find(({ room }) => room === names.get(mark & markBits.place))
    return {
      verdict,
      decidedBy:
        rule === lockedRoom && lock !== undefined ? lockWords(lock, state.school.timezone) : `${rule} (${chain})`,
    }
  }
  const decided = decide(running.map(({ number }) => number))
  const { address, port } = decided.to
  const elsewhere = decided.verdict === 'accepted' && (port !== asked.port || address !== to.address)
  return {
    from,
    to: { ...to, port: asked.port },
    protocol: asked.protocol,
    ...judged(decided),
    reaches: elsewhere ? `${decided.to.kind === 'box' ? 'server' : address}:${port}` : null,
    wouldThen: decided.rule === lockedRoom ? judged(decide([])) : null,
  }
}

function lockWords({ room, since, until, by }: RoomLock, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone })
  const ends = until === null ? 'until somebody unlocks it' : `ends ${clock.format(until)}`
  return `lock of room ${room}, set by ${by} on ${clock.format(since)}, ${ends}`
}
