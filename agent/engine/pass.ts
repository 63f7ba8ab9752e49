import type { SchoolState } from '../model/state.ts'
import { backoff } from './backoff.ts'
import { converge, type ConvergeDeps } from './converge.ts'
import { currentNumber, isWhole, switchTo, writeRecord } from './folders.ts'
import { tellFull, unlessFull } from './full.ts'
import { interruptible } from './interruptible.ts'
import { waitsOf } from './order.ts'
import { prepareAll } from './prepare.ts'
import type { AnyResource, Finding, Prepared } from './resource.ts'
import type { Generation } from './tables/generations.ts'
import type { ResourceRecord } from './tables/resources.ts'
import { wordsFor } from './words.ts'

/** The generation the box is to run, read. */
export interface Running {
  readonly generation: Generation
  readonly state: SchoolState
}

export interface ResourceReport {
  readonly name: string
  readonly state: ResourceRecord['state']
  readonly detail: string
  /** What was done in this pass. */
  readonly lines: readonly string[]
}

export interface Passes {
  /** One look at everything. @throws the signal's reason as soon as it comes; nothing is at work any more then. */
  run(running: Running, how: Look): Promise<readonly ResourceReport[]>
  /** Milliseconds of the monotonic clock at which something failed is to be tried again. */
  nextRetry(): number | undefined
  /** What became of each resource, in order. */
  records(): readonly ResourceRecord[]
}

export interface Look {
  /** Also at what has failed a short while ago, and with every proof. */
  readonly eager: boolean
  readonly signal: AbortSignal
}

/** A service that works is asked for proof this often, in milliseconds, besides after every change; sooner in doubt. */
const proofEvery = 120_000

interface Memory {
  failures: number
  retryAt: number
  /** Proofs in a row that found something wrong with a service that is configured as it should be. */
  doubts: number
  /** When the next proof is due. */
  proveAt: number
}

/**
 * @param resources in order.
 */
export function passesOver(resources: readonly AnyResource[], deps: ConvergeDeps): Passes {
  const { system, ledger } = deps
  const memory = new Map<string, Memory>()
  const prepared = { key: '', all: [] as readonly Prepared[] }
  const records = new Map(ledger.resources.list().map((record) => [record.name, record]))

  const preparedFor = ({ generation, state }: Running): readonly Prepared[] => {
    const locks = ledger.locks.list(system.clock.now())
    const key = JSON.stringify([generation.number, locks])
    if (key !== prepared.key) Object.assign(prepared, { key, all: prepareAll(resources, { state, locks }) })
    return prepared.all
  }

  const remembered = (name: string): Memory => {
    const known = memory.get(name) ?? { failures: 0, retryAt: 0, doubts: 0, proveAt: 0 }
    memory.set(name, known)
    return known
  }

  const failed = (mine: Memory, error: unknown): Judged => {
    mine.failures += 1
    mine.retryAt = system.clock.monotonic() + backoff(mine.failures)
    return { state: 'failed', detail: wordsFor(error), lines: [], findings: [] }
  }

  const attempt = async (
    declared: () => Prepared,
    generation: number,
    before: ResourceRecord | undefined,
    signal: AbortSignal,
  ): Promise<Judged> => {
    const mine = remembered(declared().name)
    try {
      const lines = await converge(declared, generation, { ...deps, system: interruptible(system, signal) })
      mine.failures = 0
      return { state: 'converged', detail: '', lines, findings: before?.findings ?? [] }
    } catch (error) {
      signal.throwIfAborted()
      return failed(mine, error)
    }
  }

  const prove = async (one: Prepared, judged: Judged, signal: AbortSignal): Promise<Judged> => {
    const mine = remembered(one.name)
    try {
      const findings = await one.probe(interruptible(system, signal))
      mine.doubts = findings.every(({ severity }) => severity === 'ok') ? 0 : mine.doubts + 1
      const wait = mine.doubts === 0 ? proofEvery : Math.min(proofEvery, backoff(mine.doubts))
      mine.proveAt = system.clock.monotonic() + wait
      return { ...judged, findings }
    } catch (error) {
      signal.throwIfAborted()
      return failed(mine, error)
    }
  }

  const lookAt = async (resource: AnyResource, running: Running, how: Look): Promise<Looked | undefined> => {
    const { eager, signal } = how
    signal.throwIfAborted()
    const index = resources.indexOf(resource)
    const { number } = running.generation
    // Asked for each: a room may have been locked or unlocked while others were at work.
    const one = preparedFor(running)[index]
    if (one === undefined) return undefined
    const before = records.get(one.name)
    const stands = before?.state === 'converged' && before.generation === number
    const missing = resource.after.filter((name) => (records.get(name)?.state ?? 'converged') !== 'converged')
    const { failures, retryAt, proveAt } = remembered(one.name)
    let now: Judged
    let toProve = false
    if (missing.length > 0 && !stands) {
      now = { state: 'waiting', detail: `waits for ${missing.join(', ')}`, lines: [], findings: [] }
    } else if (failures > 0 && !eager && system.clock.monotonic() < retryAt && before !== undefined) {
      now = { ...before, lines: [] }
    } else {
      now = await attempt(() => preparedFor(running)[index] ?? one, number, before, signal)
      const due = eager || before?.state !== 'converged' || system.clock.monotonic() >= proveAt
      toProve = now.state === 'converged' && (due || now.lines.length > 0)
    }
    records.set(one.name, note(one.name, number, now, before, deps))
    return { one, now, toProve }
  }

  /** Each as soon as those it waits for are done; nothing is at work any more when this returns or throws. */
  const lookAtAll = async (running: Running, how: Look): Promise<readonly (Looked | undefined)[]> => {
    const rests = (name: string): boolean => records.get(name)?.state === 'converged'
    const waits = waitsOf(resources, (name) => ledger.resources.isStale(name), rests)
    const looks = new Map<string, Promise<Looked | undefined>>()
    for (const resource of resources) {
      const before = (waits.get(resource.name) ?? []).flatMap((name) => looks.get(name) ?? [])
      looks.set(
        resource.name,
        Promise.all(before).then(() => lookAt(resource, running, how)),
      )
    }
    const ended = await Promise.allSettled(looks.values())
    return ended.map((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value
    })
  }

  return {
    async run(running, how) {
      const { number } = running.generation
      await tendGeneration(running.generation, resources, deps)
      const looked = await lookAtAll(running, how)
      const reports: ResourceReport[] = []
      // Only now: nobody waits for an address while the box tries whether the names of the internet are found.
      for (const { one, now, toProve } of looked.filter((each) => each !== undefined)) {
        const { name } = one
        const proved = toProve ? await prove(one, now, how.signal) : now
        if (toProve) records.set(name, note(name, number, proved, records.get(name), deps))
        reports.push({ name, state: proved.state, detail: proved.detail, lines: proved.lines })
      }
      return reports
    },
    nextRetry() {
      const due = [...memory.values()].flatMap(({ failures, retryAt, doubts, proveAt }) => [
        ...(failures > 0 ? [retryAt] : []),
        ...(failures === 0 && doubts > 0 ? [proveAt] : []),
      ])
      return due.length === 0 ? undefined : Math.min(...due)
    },
    records: () => resources.flatMap(({ name }) => records.get(name) ?? []),
  }
}

interface Looked {
  readonly one: Prepared
  readonly now: Judged
  readonly toProve: boolean
}

interface Judged {
  readonly state: ResourceRecord['state']
  readonly detail: string
  readonly lines: readonly string[]
  readonly findings: readonly Finding[]
}

/** Writes down what has changed about a resource, and says so; a pass without news writes nothing. */
function note(
  name: string,
  generation: number,
  { state, detail, findings }: Judged,
  before: ResourceRecord | undefined,
  { system, ledger }: ConvergeDeps,
): ResourceRecord {
  const since = before?.state === state ? before.since : system.clock.now()
  const record: ResourceRecord = { name, generation, state, since, detail, findings }
  if (before !== undefined && JSON.stringify({ ...before }) === JSON.stringify(record)) return before
  unlessFull(system.journal, () => ledger.resources.set(record))
  const fields = { resource: name, generation }
  if (state === 'failed' && (before?.state !== 'failed' || before.detail !== detail)) {
    system.journal.write('error', `${name}: ${detail}`, fields)
  } else if (state === 'converged' && before?.state === 'failed') {
    system.journal.write('info', `${name}: works again`, fields)
  } else if (state === 'waiting' && before?.state !== 'waiting') {
    system.journal.write('warning', `${name}: ${detail}`, fields)
  }
  const wrong = (list: readonly Finding[] = []) => new Map(list.filter(isWrong).map((one) => [one.code, one]))
  const [old, fresh] = [wrong(before?.findings), wrong(findings)]
  for (const { code, message } of fresh.values()) {
    if (!old.has(code)) system.journal.write('warning', `${name}: ${message}`, { ...fields, finding: code })
  }
  for (const { code } of old.values()) {
    if (!fresh.has(code) && state === 'converged') {
      system.journal.write('info', `${name}: no longer ${code}`, { ...fields, finding: code })
    }
  }
  return record
}

const isWrong = ({ severity }: Finding): boolean => severity !== 'ok'

/** The link and the record of the current generation, should somebody have changed them. */
async function tendGeneration(
  generation: Generation,
  resources: readonly AnyResource[],
  { system, ledger }: ConvergeDeps,
): Promise<void> {
  const { files, journal } = system
  const { number } = generation
  if (!(await isWhole(files, number))) {
    journal.write('warning', `engine: + record of generation ${number}`, { generation: number, step: 'record' })
    await writeRecord(files, generation)
  }
  const found = await currentNumber(files)
  if (found === number) return
  journal.write('warning', `engine: ~ current ${found ?? 'missing'} → ${number}`, { generation: number, step: 'link' })
  // Whoever started meanwhile has read another generation.
  unlessFull(journal, () =>
    ledger.transaction(() => resources.forEach(({ name }) => ledger.resources.setStale(name, true))),
  )
  await switchTo(files, number).catch((error: unknown) => tellFull(journal, error))
}
