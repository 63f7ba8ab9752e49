import type { Leaving } from '../model/accounts.ts'
import type { AccountState, Person } from '../model/person.ts'

/** The way out: active → tolerated → disabled → removed, each step as long as the school says for the role. Pure. */

/** Milliseconds; a day of the way out is as long as a day without a change of the clocks. */
const day = 86_400_000

/** What an account becomes when its owner leaves. */
export function firstStep(role: Person['role'], leaving: Leaving): 'tolerated' | 'disabled' {
  return leaving[role].tolerated > 0 ? 'tolerated' : 'disabled'
}

/** The next step somebody is waiting for, and when it comes; undefined for those who stay and those who are gone. */
export function nextStep(
  { state, since, role }: Pick<Person, 'state' | 'since' | 'role'>,
  leaving: Leaving,
): { readonly state: AccountState; readonly at: number } | undefined {
  const { tolerated, disabled } = leaving[role]
  if (state === 'tolerated') return { state: 'disabled', at: since + tolerated * day }
  if (state === 'disabled') return { state: 'removed', at: since + disabled * day }
  return undefined
}
