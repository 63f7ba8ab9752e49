import { setTimeout as pause } from 'node:timers/promises'
import { backoff } from '../engine/backoff.ts'
import type { Engine } from '../engine/engine.ts'
import type { Ledger } from '../engine/ledger.ts'
import { oneAfterAnother } from '../engine/serial.ts'
import { BoxError } from '../errors.ts'
import type { SchoolState } from '../model/state.ts'
import type { System } from '../system/system.ts'
import { project, type Projected, type ProjectProgress } from './bulk/project.ts'
import { createNumbers, type Numbers, type Wanting } from './numbers.ts'
import { ensureRoleGroups } from './roles.ts'

/** The one who keeps the register: gives numbers out and sees to it that the directory follows. */
export interface Registrar {
  /** Numbers that nobody else has ever had. */
  take(wanting: Wanting): Promise<Numbers>
  /**
   * Brings the directory after the register: everything that waits. One after the other, whoever asks.
   * @throws `DIRECTORY_NONE`, `STATE_NONE`, and what the directory says; what waits is brought later all the same.
   */
  bring(progress?: (progress: ProjectProgress) => void): Promise<Projected>
  /** Brings what was left waiting, by a crash or by a directory that did not answer, until the signal. */
  tend(signal: AbortSignal): Promise<void>
}

export interface RegistrarDeps {
  readonly system: System
  readonly ledger: Ledger
  readonly engine: Pick<Engine, 'state' | 'declared'>
}

/** Milliseconds between two looks at whether something waits; a look reads one row. */
const every = 10_000

export function createRegistrar({ system, ledger, engine }: RegistrarDeps): Registrar {
  const serially = oneAfterAnother()
  const bring: Registrar['bring'] = (progress) =>
    serially(async () => {
      const state = withDirectory(engine.state())
      ensureRoleGroups(ledger, state.school.language)
      return project({ system, ledger, state }, progress)
    })
  const waits = (): boolean =>
    engine.declared()?.state.directory !== undefined &&
    (ledger.groups.list().length === 0 || ledger.people.pending(1).length > 0 || ledger.groups.pending(1).length > 0)
  return {
    take: createNumbers({ system, ledger }),
    bring,
    async tend(signal) {
      let failures = 0
      let said = ''
      while (!signal.aborted) {
        if (waits()) {
          const words = await bring().then(wordsFor, (error: unknown) => (error instanceof Error ? error.message : ''))
          failures = words === undefined ? 0 : failures + 1
          if (words !== undefined && words !== said) {
            system.journal.write('warning', `The directory is behind the register: ${words}`)
          }
          said = words ?? ''
        }
        await pause(Math.max(every, backoff(failures)), undefined, { signal }).catch(() => undefined)
      }
    },
  }
}

/** The state, if it declares a directory; throws `DIRECTORY_NONE`. */
export function withDirectory(
  state: SchoolState,
): SchoolState & { readonly directory: NonNullable<SchoolState['directory']> } {
  const { directory } = state
  if (directory !== undefined) return { ...state, directory }
  throw new BoxError('DIRECTORY_NONE', 'The school state declares no directory, so nobody can have an account', {
    hint: 'Add "directory:" with its address to the state: iserv-ctl guide show state',
  })
}

function wordsFor({ refused }: Projected): string | undefined {
  const [first] = refused
  if (first === undefined) return undefined
  const others = refused.length === 1 ? '' : ` (and ${refused.length - 1} more)`
  return `${first.name}: ${first.why}${others}`
}
