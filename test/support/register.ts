import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Ledger, openLedger } from '../../agent/engine/ledger.ts'
import { type Group, GroupId, GroupName } from '../../agent/model/group.ts'
import { Login, type Person, PersonId } from '../../agent/model/person.ts'
import { ledgerIn } from './engine.ts'

/** People and groups for tests of the register alone; whole schools come from people.ts. */

/** A ledger of its own in a folder; closed at the test's end. */
export function ledgerUnder(t: { teardown(handler: () => void): unknown }, root: string): Ledger {
  mkdirSync(dirname(ledgerIn(root)), { recursive: true })
  const { ledger } = openLedger(ledgerIn(root), 0)
  t.teardown(() => ledger.close())
  return ledger
}

export function somebody(login: string, number: number, fields: Partial<Person> = {}): Omit<Person, 'revision'> {
  return {
    id: PersonId.parse(crypto.randomUUID()),
    login: Login.parse(login),
    given: 'Eva',
    surname: 'Muster',
    birth: '2014-03-31',
    role: 'pupil',
    origin: null,
    mail: null,
    state: 'active',
    since: 0,
    locked: false,
    number,
    sid: null,
    ...fields,
  }
}

export function someGroup(name: string, number: number, fields: Partial<Group> = {}): Omit<Group, 'revision'> {
  return {
    id: GroupId.parse(crypto.randomUUID()),
    name: GroupName.parse(name),
    title: name,
    kind: 'class',
    origin: null,
    ended: null,
    number,
    sid: null,
    ...fields,
  }
}
