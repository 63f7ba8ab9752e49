import { isBoxError, type Problem } from '../errors.ts'
import type { SchoolState } from '../model/state.ts'
import type { System } from '../system/system.ts'
import { folderOf, generationFolders, removeGeneration, switchTo, writeGeneration } from './folders.ts'
import { unlessFull } from './full.ts'
import { generationsKept } from './guard.ts'
import type { Ledger } from './ledger.ts'
import { checkAll, prepareAll, warningsOf } from './prepare.ts'
import type { AnyResource, Prepared } from './resource.ts'
import type { Generation } from './tables/generations.ts'
import { deviations } from './tend.ts'
import { wordsFor } from './words.ts'

export interface EnactDeps {
  readonly system: System
  readonly ledger: Ledger
  readonly resources: readonly AnyResource[]
}

/** Milliseconds that a trial lasts at least while its apply is not answered: some services need minutes for a first start. */
const unanswered = 120_000

/**
 * Makes a new generation current: all files written, all checks passed, then ledger, then the link. Until the ledger
 * has it, nothing has changed; from then on the box goes there whatever happens to the agent in between.
 * @returns what the services find worth knowing about it.
 * @param trialSeconds the box goes back by itself unless confirmed within this time, at first counted from the switch.
 * @throws `SERVICE_CHECK_FAILED`, `DISK_FULL` and whatever a resource refuses; the generation is then refused.
 */
export async function enact(
  generation: Generation,
  state: SchoolState,
  trialSeconds: number | undefined,
  deps: EnactDeps,
): Promise<readonly Problem[]> {
  const { system, ledger, resources } = deps
  const { number } = generation
  const before = ledger.generations.current()
  ledger.generations.add(generation)
  let warnings: readonly Problem[] = []
  try {
    const declared = { state, locks: ledger.locks.list(system.clock.now()) }
    const prepared = prepareAll(resources, declared)
    await writeGeneration(system.files, generation, prepared)
    // Of those too that do not change: some read more than what lies here, as the secrets of access points.
    await checkAll(prepared, number, system)
    warnings = await warningsOf(prepared, system)
    const changed = await changedSince(before, prepared, system)
    commit(generation, changed, before, trialSeconds, deps)
    await switchTo(system.files, number)
  } catch (error) {
    await refuse(generation, before, error, deps)
    throw error
  }
  try {
    await prune(deps)
  } catch (error) {
    // The new one is current all the same; the next one clears away.
    system.journal.write('error', `Old generations were not forgotten: ${wordsFor(error)}`, { generation: number })
  }
  return warnings
}

function commit(
  { number }: Generation,
  changed: readonly string[],
  before: Generation | undefined,
  trialSeconds: number | undefined,
  { system, ledger }: EnactDeps,
): void {
  ledger.transaction(() => {
    ledger.generations.conclude(number, 'applied', '')
    ledger.generations.makeCurrent(number)
    for (const name of changed) ledger.resources.setStale(name, true)
    if (trialSeconds === undefined || before === undefined) ledger.trial.end()
    else {
      const deadline = system.clock.now() + Math.max(trialSeconds * 1000, unanswered)
      ledger.trial.set({ generation: number, backTo: before.number, deadline })
    }
  })
}

/** Resources whose files differ from those that lie there now. */
async function changedSince(
  before: Generation | undefined,
  prepared: readonly Prepared[],
  { files }: System,
): Promise<readonly string[]> {
  if (before === undefined) return prepared.map(({ name }) => name)
  const changed: string[] = []
  for (const one of prepared) {
    const found = await deviations(files, folderOf(before.number, one.name), one.files, new Map())
    if (found.length > 0) changed.push(one.name)
  }
  return changed
}

async function refuse(
  { number }: Generation,
  before: Generation | undefined,
  error: unknown,
  { system, ledger }: EnactDeps,
): Promise<void> {
  // First, because it makes room for the record.
  await removeGeneration(system.files, number)
  unlessFull(system.journal, () => {
    ledger.transaction(() => {
      ledger.generations.conclude(number, 'refused', isBoxError(error) ? error.message : 'a fault of the agent itself')
      ledger.generations.makeCurrent(before?.number)
      ledger.trial.end()
    })
  })
}

async function prune({ system, ledger }: EnactDeps): Promise<void> {
  ledger.generations.prune(generationsKept)
  for (const number of await generationFolders(system.files)) {
    if (ledger.generations.get(number) === undefined) await removeGeneration(system.files, number)
  }
}
