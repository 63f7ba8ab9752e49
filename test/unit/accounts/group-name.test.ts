import t from 'tap'
import { groupNameFor } from '../../../agent/accounts/group-name.ts'

t.test('names of groups by their titles', async (t) => {
  const none = new Set<string>()
  for (const [kind, title, name] of [
    ['class', '5a', 'klasse-5a'],
    ['class', '5 A', 'klasse-5a'],
    ['class', '10/1', 'klasse-10-1'],
    ['class', 'DaZ 1', 'klasse-daz-1'],
    ['year', '5', 'jahrgang-5'],
    ['year', 'EF', 'jahrgang-ef'],
    ['course', 'Englisch E1', 'kurs-englisch-e1'],
    ['subject', 'Französisch', 'fach-franzoesisch'],
    ['custom', 'Schülerzeitung „Blick“', 'schuelerzeitung-blick'],
    ['custom', '☆', 'gruppe'],
    ['custom', 'Users', 'users-2'],
  ] as const) {
    t.equal(groupNameFor(kind, title, 'de', none), name, title)
  }
  t.equal(groupNameFor('class', '5a', 'en', none), 'class-5a')
  t.equal(groupNameFor('class', '5a', 'de', new Set(['klasse-5a', 'klasse-5a-2'])), 'klasse-5a-3')
  t.ok(groupNameFor('course', 'sehr lang '.repeat(20), 'de', none).length <= 60)
})
