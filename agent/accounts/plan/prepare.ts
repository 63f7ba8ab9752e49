import { hash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import type { z } from 'zod'
import type { importPlan } from '../../contract/import-plan.ts'
import type { Ledger } from '../../engine/ledger.ts'
import { BoxError, type Problem } from '../../errors.ts'
import type { SealedPlan } from '../../model/import-plan.ts'
import type { SchoolState } from '../../model/state.ts'
import type { System } from '../../system/system.ts'
import { type ReadOptions } from '../read/format.ts'
import { type PeopleFile, readPeople } from '../read/read.ts'
import { type Field, fields, type Reading } from '../read/record.ts'
import { ensureRoleGroups } from '../roles.ts'
import { openSeal, type Seal } from '../seal.ts'
import { discreetRegister } from './discreet.ts'
import { alteredGuard, leavingGuard } from './guard.ts'
import { misfits } from './misfits.ts'
import { planPage } from './page.ts'
import { type Planned, planImport } from './plan.ts'
import { sealPlan } from './sealed.ts'
import { sourceOf } from './source.ts'
import { summaryOf } from './summary.ts'
import { viewPlan } from './view.ts'

type Request = z.output<typeof importPlan.request>
type Response = z.input<typeof importPlan.response>

export interface PrepareDeps {
  readonly system: Pick<System, 'clock' | 'files'>
  readonly ledger: Pick<Ledger, 'register' | 'groups' | 'firstPasswords' | 'transaction'>
  readonly state: SchoolState
  /** Whether whoever asks is told birth dates that only the register knows. */
  readonly births: boolean
}

/** Passwords that files wished for are kept this long for a plan that nobody carries out. */
const wishesKept = 7 * 86_400_000

/**
 * Reads the files and plans. Asks the register only, never the directory.
 * @throws `PEOPLE_INVALID` with everything that is wrong in the files and the answers; `USAGE` for a format that does not exist.
 */
export async function preparePlan(request: Request, { system, ledger, state, births }: PrepareDeps): Promise<Response> {
  const now = system.clock.now()
  const files = request.files.map(({ name, content }) => ({ file: name, bytes: Buffer.from(content, 'base64') }))
  const readings = await readPeople(files, optionsOf(request, now))
  // Whoever locks a room meanwhile is not to wait for the whole of it.
  await breath()
  // A plan may put people into them.
  if (state.directory !== undefined) ensureRoleGroups(ledger, state.school.language)
  const register = ledger.register.snapshot()
  await breath()
  const planned = planImport({
    readings,
    register,
    state,
    source: request.source ?? sourceOf(readings, register),
    now,
    answers: {
      lines: new Map(request.confirm.map(pair)),
      exact: request.exact,
      renames: { titles: new Map(request.rename.map(pair)), others: request.renames },
    },
    allowedLeaving: request.allowLeaving,
    allowedChanges: request.allowChanges,
    hashes: hashesOf(files),
    births,
  })
  refuseWrong(readings, planned)
  const seal = await openSeal(system)
  const plan = sealPlan(planned.plan, seal)
  keepWishes(plan, planned, seal, ledger, now)
  await breath()
  const guarded = leavingGuard(plan)
  const view = viewPlan(plan, births ? register : discreetRegister(register))
  return {
    plan,
    lines: [...summaryOf(view, state.accounts.leaving)],
    guard: guarded === undefined ? null : { ...guarded, emptied: [...guarded.emptied] },
    altered: alteredGuard(plan) ?? null,
    files: readings.map(({ file, title, encoding, delimiter, header, people }) => ({
      name: file,
      title,
      encoding,
      delimiter: delimiter ?? null,
      header: header ?? null,
      people: people.length,
    })),
    warnings: [...planned.problems],
    page: request.page ? planPage(view, state.school, planned.problems) : null,
  }
}

/** `a=b`; names of files may hold the sign, logins and names of classes do not. */
function pair(text: string): readonly [string, string] {
  const end = text.lastIndexOf('=')
  return [text.slice(0, end), text.slice(end + 1)]
}

function optionsOf({ format, columns, role, password }: Request, now: number): ReadOptions {
  const named = Object.entries(columns).map(([column, word]): readonly [string, Field | 'ignore'] => {
    const field = [...fields, 'ignore' as const].find((one) => one === word)
    if (field === undefined)
      throw new BoxError('USAGE', `A column cannot be "${word}"`, { hint: `Fields are ${fields.join(', ')}, ignore.` })
    return [column, field]
  })
  return {
    now,
    columns: Object.fromEntries(named),
    ...(format === undefined ? {} : { format }),
    ...(role === undefined ? {} : { role }),
    ...(password === undefined ? {} : { password }),
  }
}

const hashesOf = (files: readonly PeopleFile[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ file, bytes }) => [file, hash('sha256', bytes)]))

function refuseWrong(readings: readonly Reading[], planned: Planned): void {
  const problems = [...planned.problems, ...misfits(planned)]
  const empty = readings.every(({ people, groups }) => people.length + groups.length === 0)
  const nobody: Problem = {
    severity: 'error',
    path: '',
    message: 'nobody is named in the files',
    hint: 'Export the whole list again.',
  }
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0 && !empty) return
  const all = errors.length === 0 ? [...problems, nobody] : problems
  const count = Math.max(errors.length, 1)
  throw new BoxError('PEOPLE_INVALID', `${count} error${count === 1 ? '' : 's'}, nothing was planned`, {
    problems: all,
  })
}

/** First passwords that the files wish for wait, sealed, for this plan to be carried out. */
function keepWishes(
  { seal: plan }: SealedPlan,
  { wishes }: Planned,
  seal: Seal,
  { transaction, firstPasswords }: PrepareDeps['ledger'],
  now: number,
): void {
  transaction(() => {
    firstPasswords.sweep(now - wishesKept)
    for (const [id, password] of wishes) firstPasswords.wish(plan, id, seal.close(password, id), now)
  })
}
