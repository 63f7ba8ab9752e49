import { setTimeout as pause } from 'node:timers/promises'
import { ImportCounts, type ImportStatus } from '../../contract/import-job.ts'
import { backoff } from '../../engine/backoff.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Ledger } from '../../engine/ledger.ts'
import { oneAfterAnother } from '../../engine/serial.ts'
import type { ImportRecord } from '../../engine/tables/imports.ts'
import { wordsFor } from '../../engine/words.ts'
import { BoxError } from '../../errors.ts'
import type { SealedPlan } from '../../model/import-plan.ts'
import type { Role } from '../../model/person.ts'
import type { System } from '../../system/system.ts'
import { settleFolders } from '../folders/settle.ts'
import { refuseForeign } from '../plan/sealed.ts'
import { type Registrar, withDirectory } from '../registrar.ts'
import { openSeal } from '../seal.ts'
import { enterPlan, newcomers, takeBack } from './enter.ts'
import { countsOf, isEmpty, refuseUnfit } from './judge.ts'
import type { ClockWatch } from './clock-watch.ts'
import { createProgress } from './progress.ts'
import { refuseOverwriting, refuseToUndo } from './undo.ts'

export interface Applied {
  readonly counts: ImportCounts
  readonly import: ImportStatus | null
  readonly already: boolean
}

/** Imports on this box, one at a time. What was begun is finished, whatever happens to the agent meanwhile. */
export interface Imports {
  /**
   * Writes a plan into the register, in one piece, and lets the rest follow.
   * @throws `PLAN_FOREIGN`, `PLAN_OLD`, `PLAN_OPEN`, `LEAVING_MANY`, `CHANGES_MANY`, `IMPORT_RUNNING`, `DIRECTORY_NONE`; then nothing was changed.
   */
  apply(plan: SealedPlan, by: string, dryRun: boolean): Promise<Applied>
  /**
   * Takes the last one back.
   * @param look is shown the roles of everybody whose account goes back, and may refuse
   * @throws `UNDO_LATE`, `IMPORT_RUNNING`, `IMPORT_NONE`; then nothing was changed.
   */
  undo(dryRun: boolean, look: (roles: readonly Role[]) => void): Promise<ImportStatus>
  status(): { readonly revision: number; readonly import: ImportStatus | null }
  /** The same, when it has changed since this revision or after a while. */
  news(revision: number): Promise<ReturnType<Imports['status']>>
  /** Finishes what is under way, also what a crash has left, until the signal. */
  tend(signal: AbortSignal): Promise<void>
}

export interface ImportsDeps {
  readonly system: System
  readonly ledger: Ledger
  readonly engine: Pick<Engine, 'state'>
  readonly registrar: Registrar
  readonly watch: Pick<ClockWatch, 'trusted'>
}

/** Milliseconds that a caller waits for news at most. */
const longestWait = 20_000

export function createImports(deps: ImportsDeps): Imports {
  const { system, ledger, engine, registrar, watch } = deps
  const serially = oneAfterAnother()
  const progress = createProgress(() => system.clock.monotonic())
  const bell = { ring: Promise.withResolvers<void>() }
  const last = () => ledger.imports.last()
  const status = (): ReturnType<Imports['status']> => {
    const record = last()
    return { revision: progress.revision(), import: record === undefined ? null : statusOf(record, progress.now()) }
  }
  const lastStatus = (): ImportStatus => {
    const { import: found } = status()
    if (found === null) throw new TypeError('an import that was written down is not there')
    return found
  }
  const begin = (): void => {
    progress.refuse([])
    progress.trouble(null)
    progress.stage('register')
    bell.ring.resolve()
  }

  return {
    status,
    async news(revision) {
      await progress.news(revision, longestWait)
      return status()
    },
    apply: (plan, by, dryRun) =>
      serially(async () => {
        withDirectory(engine.state())
        refuseForeign(plan, await openSeal(system))
        const counts = countsOf(plan)
        const known = last()
        if (known?.digest === plan.seal && known.state !== 'undone') {
          return { counts, import: lastStatus(), already: true }
        }
        refuseRunning(known)
        refuseUnfit(plan, ledger.register.revision(), engine.state())
        if (dryRun || isEmpty(plan)) return { counts, import: null, already: false }
        const numbers = await registrar.take(newcomers(plan))
        const at = system.clock.now()
        ledger.transaction(() => {
          // Once more: numbers were waited for, and meanwhile somebody may have changed register or state.
          refuseUnfit(plan, ledger.register.revision(), engine.state())
          const before = enterPlan(plan, ledger, numbers, at)
          ledger.firstPasswords.grant(plan.seal, before.added.people)
          ledger.imports.add({
            digest: plan.seal,
            source: plan.source,
            at,
            by,
            state: 'running',
            base: plan.base,
            revision: ledger.register.revision(),
            before: JSON.stringify(before),
            counts: JSON.stringify(counts),
            ended: null,
          })
        })
        begin()
        return { counts, import: lastStatus(), already: false }
      }),
    undo: (dryRun, look) =>
      serially(async () => {
        const record = last()
        refuseRunning(record)
        const before = await refuseToUndo(record, deps)
        look(before.people.map(({ role }) => role))
        if (dryRun || record === undefined) return lastStatus()
        ledger.transaction(() => {
          // Once more: the directory was asked about everybody meanwhile.
          refuseOverwriting(before, record, ledger)
          takeBack(before, ledger, system.clock.now())
          ledger.imports.update(record.number, { state: 'undoing', before: null, ended: null })
        })
        begin()
        return lastStatus()
      }),
    async tend(signal) {
      let failures = 0
      signal.addEventListener('abort', () => bell.ring.resolve())
      while (!signal.aborted) {
        bell.ring = Promise.withResolvers()
        const record = last()
        if (record === undefined || record.state === 'done' || record.state === 'undone') {
          await bell.ring.promise
          continue
        }
        try {
          await finish(record)
          failures = 0
        } catch (error) {
          failures += 1
          progress.trouble(wordsFor(error))
          system.journal.write('warning', `Import ${record.number} waits: ${wordsFor(error)}`)
          await Promise.race([pause(backoff(failures), undefined, { signal, ref: false }), bell.ring.promise]).catch(
            () => undefined,
          )
        }
      }
    },
  }

  /** Directory, then folders, then the note that it is done. Each may be done again. */
  async function finish({ number, state: doing, source }: ImportRecord): Promise<void> {
    const state = engine.state()
    progress.stage('accounts')
    const { refused } = await registrar.bring(({ stage, done, total }) => {
      if (progress.now().stage !== stage) progress.stage(stage)
      progress.step(done, total)
    })
    progress.refuse(refused)
    progress.stage('folders')
    const register = ledger.register.snapshot()
    await settleFolders({ register, state }, { system, ledger, watch }, (done, total) => progress.step(done, total))
    ledger.imports.update(number, { state: doing === 'undoing' ? 'undone' : 'done', ended: system.clock.now() })
    progress.trouble(null)
    progress.stage('done')
    const outcome = doing === 'undoing' ? 'was taken back' : 'is carried out'
    system.journal.write(refused.length === 0 ? 'info' : 'warning', `Import ${number} from ${source} ${outcome}`, {
      refused: refused.length,
    })
  }
}

function refuseRunning(record: ImportRecord | undefined): void {
  if (record === undefined || record.state === 'done' || record.state === 'undone') return
  throw new BoxError('IMPORT_RUNNING', `Import ${record.number} from ${record.source} is still under way`, {
    hint: 'iserv-ctl import status shows how far it is.',
  })
}

function statusOf(record: ImportRecord, snapshot: ReturnType<ReturnType<typeof createProgress>['now']>): ImportStatus {
  const { number, source, at, by, state, ended, counts } = record
  const resting = state === 'done' || state === 'undone'
  return {
    number,
    source,
    at,
    by,
    state,
    ended,
    counts: ImportCounts.parse(JSON.parse(counts)),
    ...snapshot,
    refused: [...snapshot.refused],
    ...(resting ? { stage: 'done' as const, left: null } : {}),
  }
}
