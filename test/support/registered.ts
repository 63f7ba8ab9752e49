import { loginsFor } from '../../agent/accounts/login/make.ts'
import { groupNameFor } from '../../agent/accounts/group-name.ts'
import type { Ledger } from '../../agent/engine/ledger.ts'
import { LoginRule } from '../../agent/model/login-rule.ts'
import { firstGroupNumber, firstPersonNumber } from '../../agent/model/role-groups.ts'
import { generatedPeople } from './people.ts'
import { someGroup, somebody } from './register.ts'

/** Puts the generated school into a register, straight past imports: people, classes, and who is in which. */
export function registerSchool(ledger: Ledger, size: number): void {
  const school = generatedPeople({ size })
  const named = school.people.map(({ id, given, surname, birth }) => ({
    given,
    surname,
    birth: birth ?? null,
    key: id,
  }))
  const logins = loginsFor(LoginRule.parse('{given}.{surname}'), named, [])
  ledger.transaction(() => {
    const groups = new Map(
      school.classes.map(({ title }, index) => [
        title,
        ledger.groups.put(
          someGroup(groupNameFor('class', title, 'de', new Set()), firstGroupNumber + index, { title }),
        ),
      ]),
    )
    const memberships = school.people.flatMap((one, index) => {
      const { given, surname, role, birth = null } = one
      const fields = { given, surname, role, birth, origin: { source: 'schild', id: one.id } }
      const person = ledger.people.put(somebody(logins[index] ?? '', firstPersonNumber + index, fields))
      return one.classes.flatMap((title) => {
        const group = groups.get(title)
        const part = 'member' as const
        return group === undefined ? [] : [{ group: group.id, person: person.id, part, source: 'schild' }]
      })
    })
    ledger.groups.join(memberships)
  })
}
