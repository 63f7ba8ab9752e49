import { isIP } from 'node:net'
import { BoxError } from '../../errors.ts'
import type { FilterList } from '../../model/filters.ts'
import type { SchoolState } from '../../model/state.ts'
import type { DnsAnswer, System } from '../../system/system.ts'
import type { Asker } from './asker.ts'
import { bypassList } from './bypass.ts'
import { readDomain } from './domain.ts'
import { entryFor, type Entry } from './entries.ts'
import { reverseName } from './reverse.ts'

export interface Looked extends Partial<Entry> {
  readonly name: string
  readonly answer: DnsAnswer
  readonly why: 'house' | 'guest' | 'blocked' | 'not-listed' | 'internet' | 'unreachable'
}

/**
 * Asks the running resolver where the asker's questions end up, and says from the lists why it answers so.
 * @param words a name in full, a bare device name, or an address.
 * @throws `REQUEST_INVALID` for what is no name, `SOCKET_UNREACHABLE` when the resolver is silent.
 */
export async function lookup(words: string, asker: Asker, state: SchoolState, system: System): Promise<Looked> {
  const { domain } = state.school
  const address = isIP(words) === 0 ? undefined : reverseName(words).replace(/\.$/, '')
  const name = address ?? fullName(words, domain)
  const answer = address === undefined ? await addressesOf(name, asker, system) : await ask(name, 'PTR', asker, system)
  if (address !== undefined || name === domain || name.endsWith(`.${domain}`))
    return { name, answer, why: asker.guest ? 'guest' : 'house' }
  const lists = (names: readonly string[]): readonly FilterList[] =>
    [...state.filters.lists, bypassList].filter((list) => names.includes(list.name))
  const { block, only } = asker.profile ?? {}
  if (only !== undefined && (await entryFor(name, lists(only), system.files)) === undefined) {
    return { name, answer, why: 'not-listed' }
  }
  const blocked =
    block === undefined ? undefined : await entryFor(name, lists([...block, bypassList.name]), system.files)
  if (blocked !== undefined) return { name, answer, why: 'blocked', ...blocked }
  return { name, answer, why: answer.status === 'SERVFAIL' ? 'unreachable' : 'internet' }
}

/** `r214-pc07` is a device of the house; umlauts are written as they are asked for. */
function fullName(words: string, domain: string): string {
  const written = words.trim().replace(/\.$/, '')
  const name = readDomain(written.includes('.') ? written : `${written}.${domain}`)
  if (written !== '' && name !== undefined && name !== '') return name
  throw new BoxError('REQUEST_INVALID', `"${words}" is neither a name nor an address`)
}

async function addressesOf(name: string, asker: Asker, system: System): Promise<DnsAnswer> {
  const [four, six] = await Promise.all([ask(name, 'A', asker, system), ask(name, 'AAAA', asker, system)])
  return { status: four.status, answers: [...four.answers, ...six.answers] }
}

/** Longer than the resolver takes to give up on the internet and answer from memory. */
const patience = 5_000

function ask(name: string, type: 'A' | 'AAAA' | 'PTR', { address, port }: Asker, system: System): Promise<DnsAnswer> {
  return system.network.query(address, port, name, type, patience)
}
