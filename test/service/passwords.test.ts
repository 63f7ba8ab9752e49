import t from 'tap'
import { settingsContainer } from '../../agent/resources/directory/passwords.ts'
import { Directory, passwordRuleOf } from '../../agent/model/directory.ts'
import { groupsUnit } from '../../agent/model/directory-tree.ts'
import type { RoleGroupName } from '../../agent/model/role-groups.ts'
import { addPerson } from '../support/directory-people.ts'
import { directoryAddress, directorySchool, startDirectory } from '../support/directory.ts'
import { byLdap, changesOwn, readyToSignIn } from '../support/signing-in.ts'
import { workstationOn } from '../support/workstation.ts'

/** Rules for passwords by role, as Samba keeps them: each of them is told apart from the domain's and from every other. */

t.setTimeout(600_000)

const rules = Directory.parse({
  address: directoryAddress,
  passwords: {
    pupils: { length: 8, failures: 4 },
    primaryPupils: { length: 4, failures: 5 },
    teachers: { length: 10, failures: 6 },
    staff: { length: 12, failures: 7 },
    administrators: { length: 14, failures: 3 },
    others: { length: 9, failures: 8 },
  },
})
const box = await startDirectory(t, { school: { ...directorySchool(), directory: rules } })
const { directory, files } = box.system
const workstation = await workstationOn(await box.device('r214-pc07', 7))
await readyToSignIn(workstation, (await files.read('/var/lib/iserv/certificates/ca.pem')) ?? '')

const first = 'Anfang-und-lang-2026'
/** `none`: whose rule is the domain's. */
const people: readonly {
  readonly login: string
  readonly groups: readonly [RoleGroupName, ...RoleGroupName[]]
  readonly rule: RoleGroupName | 'none'
}[] = [
  { login: 'pupil', groups: ['pupils'], rule: 'pupils' },
  { login: 'child', groups: ['pupils', 'primary-pupils'], rule: 'primary-pupils' },
  { login: 'teacher', groups: ['teachers'], rule: 'teachers' },
  { login: 'clerk', groups: ['staff'], rule: 'staff' },
  { login: 'admin', groups: ['school-administrators'], rule: 'school-administrators' },
  { login: 'both', groups: ['teachers', 'school-administrators'], rule: 'school-administrators' },
  { login: 'parent', groups: ['parents'], rule: 'none' },
  { login: 'visitor', groups: ['school-guests'], rule: 'none' },
]

const signsIn = (login: string, password: string): Promise<boolean> => byLdap(workstation, login, password)

for (const { login, groups, rule } of people) {
  const { length, failures = 0 } = passwordRuleOf(rules, rule === 'none' ? 'parents' : rule)
  t.test(`${login}: at least ${length} characters, and ${failures} wrong tries`, async (t) => {
    const [group, ...more] = groups
    const dn = await addPerson(directory, login, first, group)
    for (const other of more) {
      const members = [{ kind: 'add', attribute: 'member', values: [dn] }] as const
      await directory.modify(`CN=${other},${groupsUnit('schule.lan')}`, members)
    }
    const [found] = await directory.search({
      base: dn,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: ['msDS-ResultantPSO'],
    })
    t.strictSame(
      found?.attributes['msDS-ResultantPSO'],
      rule === 'none' ? undefined : [`CN=${rule},${settingsContainer('schule.lan')}`],
    )

    const shortest = `k${'u'.repeat(length - 2)}h`
    t.equal(await changesOwn(workstation, login, first, shortest.slice(1)), false, 'one character less is refused')
    t.equal(await signsIn(login, first), true, 'and changes nothing')
    t.equal(await changesOwn(workstation, login, first, shortest), true)
    t.equal(await signsIn(login, shortest), true)

    for (let tries = 1; tries < failures; tries += 1) t.equal(await signsIn(login, `falsch-${tries}`), false)
    t.equal(await signsIn(login, shortest), true, 'not locked yet')
    for (let tries = 1; tries <= failures; tries += 1) t.equal(await signsIn(login, `falsch-${tries}`), false)
    t.equal(await signsIn(login, shortest), false, 'locked')
  })
}
