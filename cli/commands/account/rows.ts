import type { PersonLine, PersonView } from '../../../agent/contract/account.ts'
import type { Block, Text } from '../../command.ts'
import { moment } from '../moment.ts'

export const personHead = ['login', 'surname', 'given name', 'role', 'classes', 'account'] as const

export function personRow(person: PersonLine): readonly Text[] {
  const { login, surname, given, role, classes } = person
  return [login, surname, given, role, classes.join(', '), stateText(person)]
}

/** Empty for an account as it should be. */
export function stateText({ state, locked }: Pick<PersonLine, 'state' | 'locked'>): Text {
  const words = [...(state === 'active' ? [] : [state]), ...(locked ? ['locked'] : [])].join(', ')
  return words === '' ? '' : { text: words, tone: 'warning' }
}

/** `tolerated until 2026-09-30 09:41, then disabled` */
export function stateWords({ state, locked, next }: PersonView): string {
  const on = next === null ? state : `${state} until ${moment(next.at)}, then ${next.state}`
  return locked ? `${on}; locked by hand` : on
}

export function waitingLines(waiting: string | null): readonly Block[] {
  if (waiting === null) return []
  const text = `The directory does not have this yet and follows by itself: ${waiting}`
  return [{ kind: 'lines', lines: [{ text, tone: 'warning' }] }]
}

/** Told once. */
export function passwordLine(login: string, password: string): Text {
  return `Password of ${login}: ${password}   (shown now and never again)`
}
