import type { Ledger } from '../../engine/ledger.ts'
import type { ArchiveAct } from '../../engine/tables/archive.ts'
import { turnsAt } from '../../engine/serial.ts'
import type { Register } from '../../model/register.ts'
import type { SchoolState } from '../../model/state.ts'
import type { Files, System } from '../../system/system.ts'
import type { ClockWatch } from '../job/clock-watch.ts'
import { apply } from './apply.ts'
import { actOf } from './archive.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { plan } from './plan.ts'
import { settleQuotas } from './quotas.ts'
import { keepRoomsApart } from './rooms.ts'
import { type FolderStep, filesFolder, type Remark } from './schema.ts'

/** What became of the folders. */
export interface Settled {
  readonly made: number
  readonly renamed: number
  /** Folders whose rights were set again. */
  readonly righted: number
  readonly archived: number
  readonly restored: number
  readonly deleted: number
  /** A line for each but those made, which are one line. */
  readonly lines: readonly string[]
  /** What nobody declares, what was in the way, what is missing. */
  readonly remarks: readonly Remark[]
}

/** Where the box's own look at its services finds what is odd. */
const remarksFile = '/var/lib/iserv/folders.json'

/** What of the ledger is written. */
type Records = Pick<Ledger, 'steps' | 'generations' | 'archive' | 'transaction'>

export interface FoldersDeps {
  readonly system: System
  readonly ledger: Records
  /** Nothing is too old by a clock that is not to be believed. */
  readonly watch: Pick<ClockWatch, 'trusted'>
}

/** Two at a time would take each other's unfinished folders for remains of a crash. */
const turnAt = turnsAt<Files>()

/**
 * Makes homes, folders of classes and courses, shares, archive and quotas equal to the register and the state. Looks at the
 * disk first, so it may be called at any time and again after any crash; a folder that nobody declares is left and told of.
 * @throws `DISK_FULL`, `FILE_UNWRITABLE`, `PROCESS_FAILED`; what was done stays done.
 */
export function settleFolders(
  { register, state }: { readonly register: Register; readonly state: SchoolState },
  deps: FoldersDeps,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Settled> {
  const { system, watch } = deps
  return turnAt(system.files)(async () => {
    const desired = derive(register, state)
    const steps: FolderStep[] = []
    let remarks: readonly Remark[] = []
    // What comes back from the archive is looked at once more: what it lacks is added.
    for (let round = 0; round < 2; round += 1) {
      const actual = await observe(desired, system)
      const found = plan(desired, actual, watch.trusted())
      await apply(found, actual.free, system, {
        note: (act) => noteAct(act, deps),
        progress: (done) => progress(done, found.steps.length),
      })
      steps.push(...found.steps)
      remarks = round === 0 ? found.remarks : remarks
      if (!found.steps.some(({ kind }) => kind === 'restore')) break
    }
    record(linesOf(steps.filter((step) => actOf(step) === undefined)), deps)
    remarks = [...remarks, ...(await keepRoomsApart(desired, system)), ...(await settleQuotas(register, state, system))]
    await system.files.write(remarksFile, JSON.stringify(remarks))
    return { ...countsOf(steps), lines: linesOf(steps), remarks }
  })
}

function countsOf(steps: readonly FolderStep[]): Omit<Settled, 'lines' | 'remarks'> {
  const count = (...kinds: readonly FolderStep['kind'][]): number =>
    steps.filter(({ kind }) => kinds.includes(kind)).length
  return {
    made: count('make', 'add'),
    renamed: count('rename', 'aside'),
    righted: count('rights', 'spread'),
    archived: count('archive'),
    restored: count('restore'),
    deleted: count('delete'),
  }
}

const below = (path: string): string => path.slice(filesFolder.length + 1)

export function linesOf(steps: readonly FolderStep[]): readonly string[] {
  const made = steps.filter(({ kind }) => kind === 'make' || kind === 'add').length
  const moved = steps.flatMap((step) => {
    switch (step.kind) {
      case 'rename':
      case 'aside':
      case 'archive':
      case 'restore':
        return [`~ ${step.kind} ${below(step.from)} → ${below(step.to)}`]
      case 'rights':
      case 'spread':
        return [`~ rights ${below(step.path) || filesFolder}`]
      case 'delete':
        return [`- delete ${below(step.path)}`]
      case 'make':
      case 'add':
      case 'sweep':
      case 'detour':
        return []
    }
  })
  return [...(made === 0 ? [] : [`+ ${made} ${made === 1 ? 'folder' : 'folders'}`]), ...moved]
}

/** Nobody reads more at once, and the ledger keeps a limited number. */
const toldOneByOne = 500

/** On disk before it is done: whatever fails after it, what is gone has a record. */
function noteAct(act: Omit<ArchiveAct, 'at'>, { system, ledger }: FoldersDeps): void {
  ledger.archive.note({ at: system.clock.now(), ...act })
  system.journal.write('info', `archive/${act.place}/${act.folder} is ${act.act}`, { resource: 'shares' })
}

function record(lines: readonly string[], { system, ledger }: FoldersDeps): void {
  const generation = ledger.generations.current()?.number ?? 0
  const told = lines.filter((line) => !line.includes(' rights '))
  const rights = lines.length - told.length
  const at = system.clock.now()
  const all = [...told, ...(rights === 0 ? [] : [`~ rights of ${rights} folders`])].slice(0, toldOneByOne)
  ledger.transaction(() => {
    for (const line of all) ledger.steps.add({ at, generation, resource: 'shares', kind: 'folders', line })
  })
  for (const line of all) system.journal.write('info', line, { resource: 'shares' })
}
