import { BoxError } from '../errors.ts'
import type { System } from '../system/system.ts'
import { folderOf } from './folders.ts'
import type { Ledger } from './ledger.ts'
import { unlessFull } from './full.ts'
import type { Prepared, PreparedStep } from './resource.ts'
import { deviations, type Seen } from './tend.ts'

export interface ConvergeDeps {
  readonly system: System
  readonly ledger: Ledger
  readonly seen: Seen
}

/**
 * Planning, acting and looking again; more rounds than any resource needs, few enough that one which never ends is
 * told apart soon.
 */
const rounds = 4

/**
 * Makes one resource equal to what is declared: its files under `current/`, then its running service.
 * @param declared asked again and again: teachers lock and unlock rooms while the resource is at work.
 * @returns what was done; empty when everything was in place.
 * @throws `BoxError` of the step that failed, `RESOURCE_FAILED` when the service does not come to rest.
 */
export async function converge(
  declared: () => Prepared,
  generation: number,
  deps: ConvergeDeps,
): Promise<readonly string[]> {
  const rewritten = await tendFiles(declared(), generation, deps)
  return [...rewritten, ...(await takeSteps(declared, generation, deps))]
}

async function tendFiles(
  prepared: Prepared,
  generation: number,
  { system, ledger, seen }: ConvergeDeps,
): Promise<readonly string[]> {
  const { name } = prepared
  const found = await deviations(system.files, folderOf(generation, name), prepared.files, seen)
  // Marked before and cleared after: a crash in between does not leave the service with what it may have read.
  if (found.length > 0) ledger.resources.setStale(name, true)
  const lines: string[] = []
  for (const { path, kind, repair } of found) {
    await repair(system.files)
    const line = kind === 'foreign' ? `- file ${path}` : `${kind === 'missing' ? '+' : '~'} file ${path}`
    record({ name, generation, kind: 'file', line }, { system, ledger })
    lines.push(line)
  }
  if (ledger.resources.isStale(name)) {
    await prepared.reload(system)
    unlessFull(system.journal, () => ledger.resources.setStale(name, false))
  }
  return lines
}

async function takeSteps(
  declared: () => Prepared,
  generation: number,
  { system, ledger }: ConvergeDeps,
): Promise<readonly string[]> {
  const { name } = declared()
  const done: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const steps = await stepsFor(declared, system)
    if (steps.length === 0) return done
    for (const step of steps) {
      const { kind, line } = step
      try {
        await step.apply(system)
      } catch (error) {
        if (error instanceof BoxError)
          record({ name, generation, kind, line, error: error.message }, { system, ledger })
        throw error
      }
      record({ name, generation, kind, line }, { system, ledger })
      done.push(line)
    }
  }
  const left = await declared().plan(system)
  if (left.length === 0) return done
  throw new BoxError('RESOURCE_FAILED', `${name} does not come to rest; still to do: ${left[0]?.line ?? ''}`)
}

/** Planned anew when a room was locked or unlocked meanwhile: the old steps would undo it. */
async function stepsFor(declared: () => Prepared, system: System): Promise<readonly PreparedStep[]> {
  for (let attempt = 1; ; attempt += 1) {
    const prepared = declared()
    const steps = await prepared.plan(system)
    if (steps.length === 0 || prepared === declared() || attempt === rounds) return steps
  }
}

interface Happening {
  readonly name: string
  readonly generation: number
  readonly kind: string
  readonly line: string
  readonly error?: string
}

/** Says it to the journal line by line, and keeps it in the ledger. */
function record(what: Happening, { system, ledger }: Pick<ConvergeDeps, 'system' | 'ledger'>): void {
  const { name, generation, kind, line, error } = what
  const lines = line.split('\n')
  for (const one of lines.slice(0, linesTold)) {
    const words = error === undefined ? `${name}: ${one}` : `${name}: ${one} failed: ${error}`
    system.journal.write(error === undefined ? 'info' : 'error', words, { resource: name, step: kind, generation })
  }
  if (lines.length > linesTold) {
    const rest = `${name}: and ${lines.length - linesTold} more`
    system.journal.write('info', rest, { resource: name, step: kind, generation })
  }
  const told = lines.slice(0, linesTold).join('\n')
  const at = system.clock.now()
  unlessFull(system.journal, () => {
    ledger.steps.add({ at, generation, resource: name, kind, line: told, ...(error === undefined ? {} : { error }) })
  })
}

/** A first state with 2,000 devices must not fill the journal. */
const linesTold = 50
