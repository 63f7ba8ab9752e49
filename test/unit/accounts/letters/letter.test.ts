import t from 'tap'
import { lettersCsv } from '../../../../agent/accounts/letters/csv.ts'
import { addressees, byClass, unknownClasses } from '../../../../agent/accounts/letters/letter.ts'
import { readTable } from '../../../../agent/tables/table.ts'
import { generatedPeople } from '../../../support/people.ts'
import { carriedOut, nobody, planOf, readingsOf } from '../../../support/people-readings.ts'
import { personOf } from '../../../support/people-records.ts'

const school = generatedPeople()
const register = carriedOut(nobody, planOf(readingsOf(school), nobody).plan)

t.test('everybody once, by class, teachers last', async (t) => {
  const people = addressees(register, { classes: [], logins: [] })
  t.equal(people.length, 2000)
  const classes = byClass(people).map(([title]) => title)
  t.strictSame(classes.slice(0, 2), ['5a', '5b'])
  t.ok(classes.indexOf('9j') < classes.indexOf('10a'), '9j before 10a')
  t.equal(classes.at(-1), '')
  t.equal(classes.length, 81, 'no class twice')
  t.ok(people.slice(-140).every(({ person }) => person.role === 'teacher'))
  const names = people.filter(({ title }) => title === '5f').map(({ person }) => person.surname)
  t.strictSame(names, names.toSorted(new Intl.Collator('de').compare))
})

t.test('a class or somebody named, spelled like in any file', async (t) => {
  t.equal(addressees(register, { classes: ['05A'], logins: [] }).length, 24)
  const [first] = register.people
  t.strictSame(
    addressees(register, { classes: [], logins: [first?.login ?? ''] }).map(({ person }) => person.id),
    [first?.id],
  )
  t.strictSame(unknownClasses(register, { classes: ['5A', '99x'], logins: [] }), ['99x'])
})

t.test('whoever cannot sign in gets no letter', async (t) => {
  const people = [
    personOf('Anna Müller'),
    personOf('Paul Wolf', { state: 'tolerated' }),
    personOf('Mia Sauer', { state: 'disabled' }),
    personOf('Ali Kaya', { state: 'removed' }),
    personOf('Eva Lang', { locked: true }),
  ]
  t.strictSame(
    addressees({ revision: 1, people, groups: [], memberships: [] }, { classes: [], logins: [] }).map(
      ({ person }) => person.given,
    ),
    ['Anna', 'Paul'],
  )
})

t.test('a table that no spreadsheet takes for formulas', async (t) => {
  const person = { ...personOf('Anna =HYPERLINK("x";1)'), login: 'anna.x' as ReturnType<typeof personOf>['login'] }
  t.equal(
    lettersCsv([{ person, title: '5a', password: 'kamu-refi-73' }], 'de', 'http://server.schule.lan/'),
    '\uFEFFKlasse;Nachname;Vorname;Anmeldename;Erstes Passwort;Seite der Schule\r\n' +
      '5a;"\'=HYPERLINK(""x"";1)";Anna;anna.x;kamu-refi-73;http://server.schule.lan/\r\n',
  )
})

t.test('a password is printed as it is typed', async (t) => {
  const person = { ...personOf('Anna Kunz'), login: 'anna.x' as ReturnType<typeof personOf>['login'] }
  const passwords = ['=kamu;73', '+49-kamu', '-refi"73', '@kamu-73']
  const table = lettersCsv(
    passwords.map((password) => ({ person, title: '5a', password })),
    'de',
    'https://server.schule.lan/',
  )
  const { rows } = readTable(table.slice(1))
  t.strictSame(
    rows.slice(1).map(({ cells }) => cells[4]?.text),
    passwords,
  )
})
