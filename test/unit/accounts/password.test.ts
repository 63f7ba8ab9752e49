import t from 'tap'
import { madePassword, passwordFaults, passwordGroupOf, refuseWeak } from '../../../agent/accounts/password.ts'
import { Directory } from '../../../agent/model/directory.ts'
import { Login, Role } from '../../../agent/model/person.ts'
import { fc } from '../../support/property.ts'

const directory = Directory.parse({ address: '10.20.0.3' })
const owner = (role: Role, primary = false) => ({
  login: Login.parse('jo.mueller'),
  given: 'Jo',
  surname: 'Müller',
  role,
  primary,
})

t.test('each role has its rule', async (t) => {
  t.equal(passwordGroupOf(owner('pupil', true)), 'primary-pupils')
  t.equal(passwordGroupOf(owner('teacher', true)), 'teachers', 'only pupils are at the primary level')
  for (const [role, password, faults] of [
    ['pupil', 'Regenbogen', []],
    ['pupil', 'Regen-7', ['has 7 characters; pupils need at least 8']],
    ['teacher', 'Regenbogn', ['has 9 characters; teachers need at least 10']],
    ['administrator', 'Regenbogenfisch', []],
    ['administrator', 'Regenbogenfis', ['has 13 characters; school-administrators need at least 14']],
    ['parent', 'Regenbog', []],
  ] as const) {
    t.strictSame(passwordFaults(password, owner(role), directory), faults, `${role}: ${password}`)
  }
  t.strictSame(passwordFaults('Haus', owner('pupil', true), directory), [])
  t.strictSame(passwordFaults('jo-mueller', owner('pupil', true), directory), [], 'children may have one word')
})

t.test('what is tried first is refused', async (t) => {
  for (const password of [
    'Passwort123',
    'schule2026!',
    'aaaaaaaaaa',
    'abababab',
    '1234567890',
    'qwertzuiop',
    'muellerin-7',
    'Müllerin-77',
    'MUELLER.jo.2',
  ]) {
    t.equal(passwordFaults(password, owner('pupil'), directory).length, 1, password)
  }
  t.strictSame(passwordFaults('Jogurt-und-Kekse', owner('pupil'), directory), [], 'a short name is in many words')
  for (const [password, words] of [
    [' Regenbogen', /blank/],
    ['Regen\tbogen', /cannot be typed/],
    ['x'.repeat(100) + 'yzw'.repeat(10), /longer than 127/],
  ] as const) {
    t.match(passwordFaults(password, owner('pupil'), directory).join(), words)
  }
})

t.test('everything that is wrong is said at once, and never the password', async (t) => {
  const password = ' müller'
  t.throws(() => refuseWeak(password, owner('teacher'), directory), {
    code: 'PASSWORD_WEAK',
    message: /at least 10, and it begins or ends with a blank, and it holds a name/,
  })
  fc.assert(
    fc.property(fc.string({ minLength: 5, maxLength: 30 }), (secret) => {
      try {
        refuseWeak(secret, owner('administrator'), directory)
        return true
      } catch (error) {
        return error instanceof Error && (!error.message.includes(secret) || secret.trim().length < 5)
      }
    }),
  )
})

t.test('made passwords meet the rule of every role', async (t) => {
  for (const role of Role.options) {
    for (const primary of [false, true]) {
      const made = Array.from({ length: 50 }, () => madePassword(owner(role, primary), directory))
      // Of 200,000 short ones for the primary level, two of fifty are alike once in 160 runs.
      t.ok(new Set(made).size >= 48, `${role}: hardly two alike`)
      t.strictSame(
        made.flatMap((password) => passwordFaults(password, owner(role, primary), directory)),
        [],
      )
    }
  }
})
