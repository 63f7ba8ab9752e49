import t from 'tap'
import { firstPassword } from '../../../agent/accounts/first-password.ts'

t.test('first passwords are long enough, readable and different', async (t) => {
  const made = Array.from({ length: 500 }, () => firstPassword(10))
  for (const password of made)
    t.match(password, /^(?:[bdfghkmnprstvw][aeiu]){2}(?:-(?:[bdfghkmnprstvw][aeiu]){2})+-[2-9]{2}$/)
  t.ok(made.every(({ length }) => length >= 10))
  t.ok(new Set(made).size > 490)
  for (const length of [4, 8, 14, 30]) t.ok(firstPassword(length).length >= length, String(length))
})

t.test('no words for which a teacher would have to apologise', async (t) => {
  const syllables = 'bdfghkmnprstvw'
  const vowels = 'aeiu'
  const place = (letters: string, letter: string) => letters.indexOf(letter)
  // First "hure", then "kamu".
  const picks = [
    place(syllables, 'h'),
    3,
    place(syllables, 'r'),
    1,
    0,
    0,
    place(syllables, 'k'),
    0,
    place(syllables, 'm'),
    3,
    5,
    5,
  ]
  t.equal(vowels[3], 'u')
  t.equal(
    firstPassword(4, () => picks.shift() ?? 0),
    'kamu-77',
  )
})
