import { BoxError, isBoxError, type Problem } from '../errors.ts'
import type { StateDocument } from '../model/document.ts'
import type { SchoolState } from '../model/state.ts'
import type { System } from '../system/system.ts'
import { backoff } from './backoff.ts'
import { enact } from './enact.ts'
import { folderOf, switchTo } from './folders.ts'
import { tellFull, unlessFull } from './full.ts'
import { endedBefore, noState, refuseDuringTrial, refuseOldBase, rollbackTarget, saysTheSame } from './guard.ts'
import type { Ledger } from './ledger.ts'
import { inOrder } from './order.ts'
import { passesOver, type ResourceReport, type Running } from './pass.ts'
import { previewOf, type ResourcePreview } from './preview.ts'
import { recover } from './recover.ts'
import type { AnyResource, Declared } from './resource.ts'
import { oneAfterAnother } from './serial.ts'
import type { Generation } from './tables/generations.ts'
import type { ResourceRecord } from './tables/resources.ts'
import type { Trial } from './tables/trial.ts'
import { watchTrial } from './trial.ts'

/** Reads documents as a state; throws `STATE_INVALID` with all problems, `STATE_NEWER`. */
export type Parse = (documents: readonly StateDocument[]) => {
  readonly state: SchoolState
  readonly warnings: readonly Problem[]
}

export interface ApplyRequest {
  readonly documents: readonly StateDocument[]
  readonly by: string
  readonly reason: string
  /** The generation the documents were made from; refused when another one is current by now. */
  readonly base?: number
  /** Seconds from the answer after which the box goes back by itself unless confirmed. */
  readonly trialSeconds?: number
}

export interface Applied {
  readonly generation: number
  /** The current generation says the same, so no new one was made. */
  readonly unchanged: boolean
  readonly resources: readonly ResourceReport[]
  readonly warnings: readonly Problem[]
  readonly trial?: Trial
}

export interface Preview {
  /** What the documents say. */
  readonly state: SchoolState
  readonly from: number | undefined
  readonly to: number
  readonly resources: readonly ResourcePreview[]
  readonly warnings: readonly Problem[]
}

export interface EngineStatus {
  readonly running: Running | undefined
  readonly resources: readonly ResourceRecord[]
  readonly trial: Trial | undefined
  /** Why the engine leaves everything as it is: the current documents cannot be read by this version. */
  readonly held: BoxError | undefined
}

/** The running engine. Whatever changes something is done one after the other. */
export interface Engine {
  /** The declared state that runs now, with the locks in force; undefined on a box without a state. */
  declared(): Declared | undefined
  /** `declared().state`, or `STATE_NONE`. */
  state(): SchoolState
  status(): EngineStatus
  /** What `apply` would do; every check that it would make is made, nothing is changed. */
  plan(documents: readonly StateDocument[]): Promise<Preview>
  apply(request: ApplyRequest): Promise<Applied>
  /** Ends the trial for good, also while it is still being applied; `STATE_TRY_NONE`. */
  confirm(): Promise<Trial>
  /** A new generation with the documents of an older one; during a trial without a number: back at once. */
  rollback(request: { readonly to?: number; readonly by: string; readonly reason: string }): Promise<Applied>
  /** One look at everything, repairing what is not as declared. */
  reconcile(eager: boolean): Promise<readonly ResourceReport[]>
  /** Changes something that resources look at, while none of them looks. */
  alone<T>(act: () => Promise<T>): Promise<T>
  /** A lock or another thing besides the state has changed: the engine looks again soon. */
  wake(reason: string): void
  /** Folders whose files are the engine's alone: whoever changes something there wakes it. */
  folders(): readonly string[]
  /** Milliseconds until the engine has something to do by itself, at most this many. */
  nextLook(atMost: number): number
  /** Called whenever `nextLook` may have become shorter. */
  onWake(listener: () => void): void
}

export interface EngineOptions {
  readonly system: System
  readonly ledger: Ledger
  readonly resources: readonly AnyResource[]
  readonly parse: Parse
}

interface Memory {
  running?: Running
  held?: BoxError
  woken: boolean
  /** A trial has ended, but the disk was too full to write it down. */
  unwritten: boolean
  listener: () => void
}

/** Puts ledger and folders in order and reads the current generation; touches no service before `reconcile`. */
export async function createEngine({ system, ledger, resources: given, parse: read }: EngineOptions): Promise<Engine> {
  const parse = readOnce(read)
  const resources = inOrder(given)
  const deps = { system, ledger, resources, seen: new Map() }
  const passes = passesOver(resources, deps)
  const trials = watchTrial(deps)
  const serial = oneAfterAnother()
  const now: Memory = {
    woken: true,
    unwritten: false,
    listener: () => undefined,
  }

  const load = (generation: Generation | undefined): void => {
    delete now.running
    delete now.held
    if (generation === undefined) return
    try {
      now.running = { generation, state: parse(generation.documents).state }
    } catch (error) {
      if (!isBoxError(error)) throw error
      now.held = error
      system.journal.write('error', `Generation ${generation.number} cannot be read: ${error.message}`, {
        generation: generation.number,
        code: error.code,
      })
    }
  }

  const runs = (): number | undefined => now.running?.generation.number

  const revert = async (trial: Trial, why: string): Promise<void> => {
    const words = `Generation ${trial.generation} ${why}: back to ${trial.backTo}`
    system.journal.write('warning', words, { generation: trial.backTo, step: 'revert' })
    // A full disk must not keep anybody cut off: the box goes back, and the ledger is told at the next look.
    unlessFull(system.journal, () => {
      ledger.transaction(() => {
        resources.forEach(({ name }) => ledger.resources.setStale(name, true))
        ledger.generations.conclude(trial.generation, 'reverted', why)
        ledger.generations.makeCurrent(trial.backTo)
        ledger.trial.end()
      })
    })
    // First, because the services go back also where the link cannot: every look puts it right.
    load(ledger.generations.get(trial.backTo))
    await switchTo(system.files, trial.backTo).catch((error: unknown) => tellFull(system.journal, error))
  }

  const look = async (eager: boolean): Promise<readonly ResourceReport[]> => {
    now.woken = false
    const trial = trials.get()
    const why = trial && trials.over(trial)
    if (trial !== undefined && why !== undefined) await revert(trial, why)
    now.unwritten = why !== undefined && trials.get() !== undefined
    const { running } = now
    if (running === undefined) return []
    return (await trials.during((signal) => passes.run(running, { eager, signal }))) ?? look(true)
  }

  const enacted = async (request: ApplyRequest): Promise<Applied> => {
    const { documents, by, reason, base, trialSeconds } = request
    const current = ledger.generations.current()
    refuseOldBase(base, current)
    const { state, warnings } = parse(documents)
    if (trialSeconds === undefined && saysTheSame(current, documents) && now.running !== undefined) {
      return { generation: now.running.generation.number, unchanged: true, resources: await look(true), warnings }
    }
    if (trialSeconds !== undefined && current === undefined) {
      throw new BoxError('STATE_NONE', 'There is no state yet to go back to', {
        hint: 'Apply the first one without --try.',
      })
    }
    const number = ledger.generations.next()
    const at = system.clock.now()
    const generation: Generation = { number, documents, at, by, reason, outcome: 'prepared', detail: '' }
    const foreseen = await enact(generation, state, trialSeconds, deps)
    now.running = { generation: { ...generation, outcome: 'applied' }, state }
    delete now.held
    system.journal.write('info', `Generation ${number} is current`, { generation: number, by, reason })
    const reports = await look(true)
    if (runs() !== number) throw endedBefore(number, runs())
    if (trialSeconds !== undefined) trials.answered(trialSeconds)
    const trial = trials.get()
    return {
      generation: number,
      unchanged: false,
      resources: reports,
      warnings: [...warnings, ...foreseen],
      ...(trial === undefined ? {} : { trial }),
    }
  }

  const wake = (reason: string): void => {
    system.journal.write('debug', `Looks again: ${reason}`)
    now.woken = true
    now.listener()
  }

  const serially = <T>(act: () => Promise<T>): Promise<T> =>
    serial(act).finally(() => {
      now.listener()
    })

  await recover(deps)
  load(ledger.generations.current())

  return {
    declared: () => now.running && { state: now.running.state, locks: ledger.locks.list(system.clock.now()) },
    state() {
      if (now.running !== undefined) return now.running.state
      throw now.held ?? noState()
    },
    status: () => ({ running: now.running, resources: passes.records(), trial: trials.get(), held: now.held }),
    plan: (documents) =>
      serial(async () => {
        const { state, warnings } = parse(documents)
        const declared = { state, locks: ledger.locks.list(system.clock.now()) }
        const current = ledger.generations.current()
        const unchanged = saysTheSame(current, documents)
        const previews = await previewOf(declared, { current: current?.number, unchanged }, deps)
        return {
          state,
          from: current?.number,
          to: ledger.generations.next(),
          resources: previews.resources,
          warnings: [...warnings, ...previews.warnings],
        }
      }),
    apply: (request) =>
      serially(async () => {
        refuseDuringTrial(trials.get())
        return enacted(request)
      }),
    confirm: async () => trials.confirm(),
    rollback({ to, by, reason }) {
      const asked = trials.get()
      if (asked !== undefined && to === undefined) trials.takeBack(asked)
      return serially(async () => {
        const trial = asked ?? trials.get()
        if (trial !== undefined && to === undefined) {
          trials.takeBack(trial)
          return { generation: trial.backTo, unchanged: false, resources: await look(true), warnings: [] }
        }
        refuseDuringTrial(trials.get())
        const target = rollbackTarget(to, ledger.generations.current(), ledger.generations.list(1000))
        return enacted({ documents: target.documents, by, reason: reason || `back to generation ${target.number}` })
      })
    },
    reconcile: (eager) => serially(() => look(eager)),
    alone: serially,
    wake,
    folders() {
      const number = runs()
      return number === undefined ? [] : resources.map(({ name }) => folderOf(number, name))
    },
    nextLook(atMost) {
      if (now.woken) return 0
      const trial = trials.get()
      const wall = system.clock.now()
      const retry = passes.nextRetry()
      const lockEnds = ledger.locks.list(wall).flatMap(({ until }) => until ?? [])
      const waits = lockEnds.map((time) => time - wall)
      if (trial !== undefined) waits.push(now.unwritten ? backoff(1) : trial.deadline - wall)
      if (retry !== undefined) waits.push(retry - system.clock.monotonic())
      return Math.max(0, Math.min(atMost, ...waits))
    },
    onWake(listener) {
      now.listener = listener
    },
  }
}

/** Reads the same documents again at no cost: a plan is followed by its apply, and a state by the same one. */
function readOnce(read: Parse): Parse {
  const last = new Map<string, ReturnType<Parse>>()
  return (documents) => {
    const key = JSON.stringify(documents)
    const known = last.get(key)
    if (known !== undefined) return known
    const result = read(documents)
    last.clear()
    last.set(key, result)
    return result
  }
}
