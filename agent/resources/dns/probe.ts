import { isIPv4 } from 'node:net'
import type { Finding } from '../../engine/resource.ts'
import { isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { readReport } from './compile.ts'
import { control } from './control.ts'
import { dnsPort } from './derive.ts'
import { judge } from './judge.ts'
import type { DnsDesired } from './schema.ts'

/** Asks as a client would: the box's own name on every network, and a name of the internet. */
export async function probe(desired: DnsDesired, system: System): Promise<readonly Finding[]> {
  // Not by IPv6: its addresses are not usable before a cable is plugged in, and the listener is the same program.
  const asked = desired.listeners.filter(({ address, port }) => port === dnsPort && isIPv4(address))
  const withoutHouse = new Set(desired.views.flatMap(({ name, house }) => (house ? [] : name)))
  const expected = asked.map(({ view = '' }) => (withoutHouse.has(view) ? 'NXDOMAIN' : 'NOERROR'))
  const [outside, ...inside] = await Promise.all([
    outsideStatus(system),
    ...asked.map(({ address }) => statusOf(system, address, desired.server, 'A')),
  ])
  return judge(desired, {
    silent: asked.flatMap(({ address }, index) => (inside[index] === expected[index] ? [] : address)),
    internet: outside === 'NOERROR' || outside === 'NXDOMAIN',
    report: await readReport(desired.lists, system.files),
  })
}

/** The answer of yesterday does not tell whether the internet can be reached today. */
async function outsideStatus(system: System): Promise<string> {
  try {
    await control(system, 'flush_type de. SOA')
  } catch (error) {
    if (!isBoxError(error, 'SOCKET_UNREACHABLE')) throw error
  }
  return statusOf(system, '127.0.0.1', 'de', 'SOA')
}

async function statusOf(system: System, server: string, name: string, type: 'A' | 'SOA'): Promise<string> {
  try {
    return (await system.network.query(server, dnsPort, name, type)).status
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) return 'silent'
    throw error
  }
}
