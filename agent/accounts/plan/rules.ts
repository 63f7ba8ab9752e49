import { hash } from 'node:crypto'
import type { SchoolState } from '../../model/state.ts'

/**
 * A mark of everything in the school state that a plan follows: the rule for logins, days of grace, the primary level, rules for
 * passwords, and the language of names and reasons. A plan is not carried out under others.
 */
export function rulesOf({
  school,
  accounts,
  directory,
}: Pick<SchoolState, 'school' | 'accounts' | 'directory'>): string {
  return hash('sha256', JSON.stringify([school.language, accounts, directory?.passwords ?? null]), 'base64url')
}
