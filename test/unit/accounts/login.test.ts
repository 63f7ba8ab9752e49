import t from 'tap'
import { isFree, loginsFor, type Newcomer } from '../../../agent/accounts/login/make.ts'
import { isReserved } from '../../../agent/accounts/login/reserved.ts'
import { LoginRule } from '../../../agent/model/login-rule.ts'
import { Login } from '../../../agent/model/person.ts'
import { fc } from '../../support/property.ts'

const rule = (text: string) => LoginRule.parse(text)
const dotted = rule('{given}.{surname}')

const person = (given: string, surname: string, more: Partial<Newcomer> = {}): Newcomer => ({
  given,
  surname,
  birth: '2014-03-31',
  ...more,
})

const one = (text: string, given: string, surname: string, taken: readonly string[] = []): string =>
  loginsFor(rule(text), [person(given, surname)], taken)[0] ?? ''

t.test('rules', async (t) => {
  for (const [text, login] of [
    ['{given}.{surname}', 'moritz.mueller'],
    ['{g}.{surname}', 'm.mueller'],
    ['{surname}{given:2}', 'muellermo'],
    ['{surname:5}{g}', 'muellm'],
    ['s-{given}', 's-moritz'],
    ['{s}{g}', 'mm'],
  ] as const) {
    t.equal(one(text, 'Moritz', 'Müller'), login, text)
  }
  for (const text of ['', 'pupil', '{name}', '{given', '{given:0}', '{given:10}', 'Ä{given}', '{given} {surname}']) {
    t.notOk(LoginRule.safeParse(text).success, `"${text}" is no rule`)
  }
})

t.test('names of many countries', async (t) => {
  for (const [given, surname, login] of [
    ['Łukasz', 'Wiśniewski', 'lukasz.wisniewski'],
    ['Çağla', 'Işık', 'cagla.isik'],
    ['İpek', 'Şahin', 'ipek.sahin'],
    ['Đức', 'Nguyễn', 'duc.nguyen'],
    ['Александр', 'Щербаков', 'aleksandr.shcherbako'],
    ['Олексій', 'Шевченко', 'oleksii.shevchenko'],
    ['محمد', 'الحسن', 'mhmd.alhsn'],
    ['يوسف', 'علي', 'yusf.ali'],
    ['Γιώργος', 'Παπαδόπουλος', 'giorgos.papadopoulos'],
    ['Renée', "O'Neill", 'renee.oneill'],
    ['Jörg', 'Groß', 'joerg.gross'],
    ['Søren', 'Ærø', 'soeren.aeroe'],
    ['小明', '李', 'person'],
  ] as const) {
    t.equal(one('{given}.{surname}', given, surname), login, `${given} ${surname}`)
  }
})

t.test('letters with accents of their own are the same letters', async (t) => {
  t.equal(one('{given}.{surname}', 'Jo\u0308rg', 'Mu\u0308ller'), 'joerg.mueller')
})

t.test('double names, particles and titles', async (t) => {
  for (const [text, given, surname, login] of [
    ['{given}.{surname}', 'Anna Lena', 'Koch', 'anna.koch'],
    ['{given}.{surname}', 'Anna-Lena', 'Koch', 'anna-lena.koch'],
    ['{given}.{surname}', 'Anna-Lena', 'Müller-Lüdenscheidt', 'anna.mueller'],
    ['{given}.{surname}', 'Anna', 'Müller-Lüdenscheidt', 'anna.mueller'],
    ['{given}.{surname}', 'Otto', 'von der Heide', 'otto.vonderheide'],
    ['{s}{g}', 'Otto', 'von der Heide', 'ho'],
    ['{surname:3}', 'Otto', 'von der Heide', 'hei'],
    ['{g}.{surname}', 'Rami', 'al-Hariri', 'r.al-hariri'],
    ['{surname:3}.{g}', 'Rami', 'al-Hariri', 'har.r'],
    ['{given}.{surname}', 'Dr. Eva', 'Muster', 'eva.muster'],
    ['{given}.{surname}', 'Gabriel', 'García Márquez Iglesias', 'gabriel.garcia'],
    ['{given}.{surname}', 'Maximiliana', 'Oberstaufenbacher', 'maximilia.oberstaufe'],
    ['{given}.{surname}', 'Ali', '', 'ali'],
    ['{given}.{surname}', 'Konstantin', 'von der Heide', 'konstantin.heide'],
    ['{given}.{surname}', 'Abdurrahman', 'al-Hariri', 'abdurrahman.hariri'],
  ] as const) {
    t.equal(one(text, given, surname), login, `${given} ${surname} by ${text}`)
  }
})

t.test('words that call nobody are no given names, and half a name is none', async (t) => {
  for (const [text, given, surname, login] of [
    ['{given}.{surname}', 'Thị Ánh Tuyết', 'Nguyễn', 'anh.nguyen'],
    ['{given}.{surname}', 'Thi Anh Tuyet', 'Nguyen', 'anh.nguyen'],
    ['{given}.{surname}', 'Văn Dũng', 'Trần', 'dung.tran'],
    ['{g}.{surname}', 'Va\u0306n Du\u0303ng', 'Trần', 'd.tran'],
    ['{given}.{surname}', 'Ánh Tuyết', 'Nguyễn Thị', 'anh.nguyen'],
    ['{given}.{surname}', 'Jan', 'Smit van Dijk', 'jan.smitvandijk'],
    ['{given}.{surname}', 'Vân Anh', 'Lê', 'van.le'],
    ['{given}.{surname}', 'Thị', 'Lê', 'thi.le'],
    ['{given}.{surname}', 'Văn', 'Thị', 'van.thi'],
    ['{given}.{surname}', 'Abd al-Rahman', 'Omar', 'abdalrahman.omar'],
    ['{given}.{surname}', 'Abd Al Rahman Ali', 'Omar', 'abdalrahman.omar'],
    ['{given}.{surname}', 'Abdul Karim', 'Omar', 'abdulkarim.omar'],
    ['{given}.{surname}', 'Abdel-Karim', 'Mansour-Haddad', 'abdel-karim.mansour'],
    ['{given}.{surname}', 'Abd-al-Rahman', 'al-Shishakli', 'abd-al-rah.shishakli'],
    ['{given}.{surname}', 'عبد الرحمن', 'علي', 'abdalrhmn.ali'],
    ['{given}.{surname}', 'Abdul', 'Omar', 'abdul.omar'],
    ['{given}.{surname}', 'Abd al', 'Omar', 'abdal.omar'],
    ['{given:2}{surname:3}', 'Abd al-Rahman', 'Omar', 'aboma'],
  ] as const) {
    t.equal(one(text, given, surname), login, `${given} ${surname} by ${text}`)
  }
})

t.test('nobles are called by their name', async (t) => {
  for (const [text, given, surname, login] of [
    ['{given}.{surname}', 'Karl', 'Freiherr vom Stein', 'karl.vomstein'],
    ['{s}{g}', 'Karl', 'Freiherr vom Stein', 'sk'],
    ['{given}.{surname}', 'Marie', 'Gräfin Dönhoff', 'marie.doenhoff'],
    ['{given}.{surname}', 'Otto', 'GRAF von Bismarck', 'otto.vonbismarck'],
    ['{surname:5}', 'Anna', 'Freifrau von und zu Aufseß', 'aufse'],
    ['{given}.{surname}', 'Maximilian', 'Freiherr von und zu Oberhauserberger-Schulze', 'maximilia.oberhauser'],
    ['{given}.{surname}', 'Steffi', 'Graf', 'steffi.graf'],
    ['{given}.{surname}', 'Steffi', 'Graf-Weber', 'steffi.graf-weber'],
  ] as const) {
    t.equal(one(text, given, surname), login, `${given} ${surname} by ${text}`)
  }
})

t.test('two people of one name', async (t) => {
  const twins = [person('Jan', 'Weber', { key: '12' }), person('Jan', 'Weber', { key: '11' })]
  t.strictSame(loginsFor(dotted, twins, []), ['jan.weber2', 'jan.weber'])
  t.strictSame(loginsFor(dotted, twins.toReversed(), []), ['jan.weber', 'jan.weber2'], 'in whatever order they come')
  const older = [person('Jan', 'Weber'), person('Jan', 'Weber', { birth: '2009-01-02' })]
  t.strictSame(loginsFor(dotted, older, []), ['jan.weber2', 'jan.weber'], 'the older one comes first')
  t.strictSame(loginsFor(dotted, twins, ['jan.weber', 'jan.weber2']), ['jan.weber4', 'jan.weber3'])
  const long = Array.from({ length: 12 }, () => person('Maximilian', 'Schneider-Oberdorf'))
  const logins = loginsFor(dotted, long, [])
  t.equal(logins[0], 'maximilian.schneider')
  t.equal(logins[1], 'maximilia.schneider2')
  t.equal(logins[11], 'maximili.schneider12')
})

t.test('wishes count when they are free', async (t) => {
  const wishing = person('Eva', 'Muster', { wished: 'muev' })
  t.strictSame(loginsFor(dotted, [wishing], []), ['muev'])
  t.strictSame(loginsFor(dotted, [wishing], ['muev']), ['eva.muster'])
  t.strictSame(loginsFor(dotted, [person('Eva', 'Muster', { wished: 'root' })], []), ['eva.muster'])
  t.strictSame(loginsFor(dotted, [person('Eva', 'Muster', { wished: 'Eva Muster' })], []), ['eva.muster'])
  t.strictSame(
    loginsFor(dotted, [person('Eva', 'Muster'), person('Ada', 'Koch', { wished: 'eva.muster' })], []),
    ['eva.muster2', 'eva.muster'],
    'also before names by the rule',
  )
})

t.test('names that are something else already', async (t) => {
  t.equal(one('{given}', 'Con', 'X'), 'con2')
  t.equal(one('{given}', 'Nul.txt', 'X'), 'nul2')
  t.equal(one('{given}', 'Guest', 'X'), 'guest2')
  t.equal(one('{given}', 'Root', 'X'), 'root2')
  t.equal(one('{given}', 'Staff', 'X'), 'staff2')
  for (const name of ['com1.log', 'krbtgt', 'www-data', 'postmaster', 'pupils', 'iserv-x']) t.ok(isReserved(name), name)
  t.notOk(isReserved('m.mueller'))
})

const letters = fc.string({
  unit: fc.constantFrom(...Array.from("abzÄöüßłŁıİşçğĐđễàщШьъعلي다-'’. 09_(")),
  maxLength: 30,
})
const newcomer = fc.record({
  given: fc.oneof(letters, fc.string({ unit: 'grapheme', maxLength: 40 })),
  surname: fc.oneof(letters, fc.constantFrom('Müller', 'von der Heide', 'al-Hariri', 'Con')),
  birth: fc.constantFrom(null, '2012-05-01', '2013-06-02'),
  key: fc.uuid(),
})
const rules = fc
  .array(fc.constantFrom('{given}', '{surname}', '{g}', '{s}', '{given:3}', '{surname:7}', '.', '-', 'x9'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((pieces) => LoginRule.safeParse(pieces.join('')))
  .filter((parsed) => parsed.success)
  .map(({ data }) => data ?? dotted)

t.test('whatever the names and the rule, logins are valid, free and nobody else’s', async () => {
  fc.assert(
    fc.property(rules, fc.array(newcomer, { maxLength: 30 }), fc.array(fc.string()), (chosen, people, others) => {
      const before = loginsFor(chosen, people.slice(0, 10), others)
      const taken = new Set([...others, ...before])
      const logins = loginsFor(chosen, people, taken)
      return (
        new Set(logins).size === people.length &&
        logins.every((login) => Login.safeParse(login).success && isFree(login, taken))
      )
    }),
    { numRuns: 300 },
  )
})

t.test('the same people get the same logins in whatever order a file has them', async () => {
  const shuffled = fc
    .uniqueArray(newcomer, { selector: ({ key }) => key, maxLength: 30 })
    .chain((people) => fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })))
  fc.assert(
    fc.property(rules, shuffled, (chosen, [people, others]) => {
      const byKey = (list: readonly Newcomer[]): ReadonlyMap<string | undefined, string> => {
        const logins = loginsFor(chosen, list, [])
        return new Map(list.map(({ key }, index) => [key, logins[index] ?? '']))
      }
      const first = byKey(people)
      const second = byKey(others)
      return people.every(({ key }) => first.get(key) === second.get(key))
    }),
    { numRuns: 300 },
  )
})
