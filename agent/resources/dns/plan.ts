import { signatureOf } from './lists.ts'
import { configDigest, listenDigest, namesDigest } from './render.ts'
import type { DnsActual, DnsDesired, DnsStep, LocalRecord, Running } from './schema.ts'

/** One step at most: each of the first three loads everything that the later ones would change. */
export function plan(desired: DnsDesired, { running, files, compiled }: DnsActual): readonly DnsStep[] {
  if (running === undefined) return [{ kind: 'restart', reason: 'unbound does not answer' }]
  if (running.listen !== listenDigest(desired)) {
    return [{ kind: 'restart', reason: 'it listens on other addresses than it should' }]
  }
  const { lists } = desired
  if (running.lists !== signatureOf(lists, files) || !compiled.includes(lists.shape))
    return [{ kind: 'load-lists', lists }]
  if (running.config !== configDigest(desired)) return [{ kind: 'reload', reason: 'another configuration is loaded' }]
  if (!sameServers(desired, running)) return [{ kind: 'reload', reason: 'it asks other servers than it should' }]
  return changeNames(desired, running)
}

function sameServers({ domain, forwarders, directory }: DnsDesired, { forwards, stubs }: Running): boolean {
  return same(forwarders, forwards['.'] ?? []) && same(directory === undefined ? [] : [directory], stubs[domain] ?? [])
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && new Set([...one, ...other]).size === new Set(one).size
}

/** Names change one by one, in milliseconds, while lists of any size stay loaded. */
function changeNames(desired: DnsDesired, running: Running): readonly DnsStep[] {
  const zones = [desired.domain, ...desired.reverseZones]
  const isOurs = (name: string): boolean => zones.some((zone) => name === zone || name.endsWith(`.${zone}`))
  const wanted = new Set(desired.records.map(keyOf))
  const keys = running.records.map(keyOf)
  const found = new Set(keys)
  const surplus = running.records.filter(({ name }, index) => !wanted.has(keys[index] ?? '') && isOurs(name))
  if (surplus.length === 0 && wanted.isSubsetOf(found)) return []
  // unbound removes all records of a name at once: a zone's own name would lose the zone's head with them.
  if (surplus.some((record) => zones.includes(record.name)))
    return [{ kind: 'reload', reason: 'a zone has a wrong name' }]
  // What shall stay of a name that loses one is added again.
  const emptied = new Set(surplus.map((record) => record.name))
  const add = desired.records.filter((record) => !found.has(keyOf(record)) || emptied.has(record.name))
  const moves = add.some((record) => emptied.has(record.name))
  return [{ kind: 'change-names', remove: surplus, add, moves, digest: namesDigest(desired) }]
}

/**
 * After the files have been written anew: is the running resolver to read them although no step asks for it? So it is
 * when they were repaired, and not when names were declared anew, which steps change one by one.
 */
export function mustReload(desired: DnsDesired, actual: DnsActual): boolean {
  const [step] = plan(desired, actual)
  const asDeclared = actual.running?.names === namesDigest(desired)
  return step === undefined || (step.kind === 'change-names' && (asDeclared || actual.running?.names === ''))
}

const keyOf = ({ name, type, value }: LocalRecord): string => `${name} ${type} ${value}`

/** What a step does, a line for each name. */
export function describe(step: DnsStep): string {
  switch (step.kind) {
    case 'restart':
      return `restart unbound: ${step.reason}`
    case 'load-lists':
      return 'load the filter lists'
    case 'reload':
      return `reload unbound: ${step.reason}`
    case 'change-names':
      return [
        ...step.remove.map((record) => `- name ${tell(record)}`),
        ...step.add.map((record) => `+ name ${tell(record)}`),
      ].join('\n')
  }
}

function tell({ name, value }: LocalRecord): string {
  return `${name.replace(/\.$/, '')} → ${value.replace(/\.$/, '')}`
}
