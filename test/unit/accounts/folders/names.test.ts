import t from 'tap'
import { folderName, folderNames, sameName } from '../../../../agent/accounts/folders/names.ts'

t.test('titles become names that Windows can show', async (t) => {
  const cases: readonly (readonly [title: string, name: string])[] = [
    ['5a', '5a'],
    ['Mathe 7/8', 'Mathe 7-8'],
    ['AG: "Technik" <2>', 'AG- -Technik- -2-'],
    ['Klasse 5a. ', 'Klasse 5a'],
    ['..geheim', 'geheim'],
    ['con', '_con'],
    ['COM1.alt', '_COM1.alt'],
    ['Contest', 'Contest'],
    ['Übermut', 'Übermut'],
    ['U\u0308bermut', 'Übermut'],
    ['...', 'klasse-1'],
  ]
  for (const [title, name] of cases) t.equal(folderName(title, 'klasse-1'), name, title)
  const long = folderName('ä'.repeat(200), 'klasse-1')
  t.ok(Buffer.byteLength(long) <= 150 && /^ä+$/.test(long), 'long titles are cut between letters')
})

t.test('of groups with one title the oldest keeps it', async (t) => {
  const groups = [
    { number: 3, name: 'kurs-c', title: 'ENGLISCH' },
    { number: 1, name: 'kurs-a', title: 'Englisch' },
    { number: 2, name: 'kurs-b', title: 'Deutsch' },
  ]
  const names = folderNames(groups)
  t.strictSame(
    groups.map((group) => names.get(group)),
    ['ENGLISCH (kurs-c)', 'Englisch', 'Deutsch'],
  )
  t.equal(new Set([...names.values()].map(sameName)).size, 3)
})
