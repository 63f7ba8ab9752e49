import { BoxError } from '../../errors.ts'
import type { ImportPlan } from '../../model/import-plan.ts'
import type { PersonId, Role } from '../../model/person.ts'
import type { SchoolState } from '../../model/state.ts'
import { alteredGuard, leavingGuard } from '../plan/guard.ts'
import { emptiedWords } from '../plan/page-words.ts'
import { rulesOf } from '../plan/rules.ts'

/**
 * Whether a plan may be carried out on the register as it is: a week may have passed since it was made.
 * @param revision of the register now
 * @param state of the school now
 * @throws `PLAN_OLD`, `PLAN_OPEN`, `LEAVING_MANY`, `CHANGES_MANY`; never after anything was changed.
 */
export function refuseUnfit(plan: ImportPlan, revision: number, state: SchoolState): void {
  if (plan.base !== revision) {
    const message = `The plan was made from revision ${plan.base} of the register, which is at ${revision} now`
    throw new BoxError('PLAN_OLD', message, {
      hint: 'Somebody has changed people or groups since. Make the plan again from the same files: iserv-ctl import plan',
    })
  }
  if (plan.rules !== rulesOf(state)) {
    throw new BoxError('PLAN_OLD', 'The school state has other rules for people than those the plan was made by', {
      hint: 'Logins, days of grace, the primary level, passwords or the language have changed since. Make the plan again from the same files: iserv-ctl import plan',
    })
  }
  const open = plan.proposals.length + plan.renames.length
  if (open > 0) {
    throw new BoxError('PLAN_OPEN', `The plan has ${open} open question${open === 1 ? '' : 's'}`, {
      hint: 'Answer them with --confirm and --rename when you make the plan: iserv-ctl import plan --help',
    })
  }
  const guarded = leavingGuard(plan)
  if (guarded !== undefined) {
    const { leaving, managed, whole, needed, emptied } = guarded
    const parts = emptied.map((one) => `; ${emptiedWords(one)}`).join('')
    const sure = whole
      ? 'If the files are complete and all of them really leave'
      : 'If all of them have left as the files say'
    throw new BoxError('LEAVING_MANY', `${leaving} of ${managed} people would leave${parts}: more than is usual`, {
      hint: `${sure}: iserv-ctl import plan … --allow-leaving ${needed}`,
    })
  }
  const altered = alteredGuard(plan)
  if (altered === undefined) return
  const { people, known, reasons } = altered
  const message = `${people} of ${known} known people would have another name, birth date, role or class: ${reasons.join('; ')}`
  throw new BoxError('CHANGES_MANY', message, {
    hint: `Are columns swapped, or has one slipped by a line? If all is right: iserv-ctl import plan … --allow-changes ${people}`,
  })
}

/** Roles of everybody whom a plan makes or changes, before and after. */
export function rolesIn({ people }: ImportPlan, roleOf: (id: PersonId) => Role | undefined): readonly Role[] {
  return people.flatMap((change) => {
    const after = change.kind === 'new' ? change.fields.role : change.kind === 'changed' ? change.after.role : []
    return [roleOf(change.id) ?? [], after].flat()
  })
}

/** What a plan changes, in numbers. */
export function countsOf({ people, groups, memberships, unchanged }: ImportPlan) {
  const count = (kind: ImportPlan['people'][number]['kind']): number => people.filter((one) => one.kind === kind).length
  const group = (kind: ImportPlan['groups'][number]['kind']): number => groups.filter((one) => one.kind === kind).length
  return {
    new: count('new'),
    changed: count('changed'),
    moved: count('moved'),
    leaving: count('leaving'),
    returning: count('returning'),
    unchanged,
    newGroups: group('new'),
    renamedGroups: group('renamed'),
    endedGroups: group('ended'),
    revivedGroups: group('revived'),
    memberships: memberships.length,
  }
}

/** Does a plan change anything at all? */
export function isEmpty({ people, groups, memberships }: ImportPlan): boolean {
  return people.length + groups.length + memberships.length === 0
}
