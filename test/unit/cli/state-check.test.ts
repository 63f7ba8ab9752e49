import t from 'tap'
import { commands } from '../../../cli/commands/index.ts'
import { golden } from '../../support/golden.ts'
import { exampleText } from '../../support/school.ts'
import { runWords } from '../../support/shell.ts'

const mistaken = exampleText()
  .replace('10.20.207.254', '10.20.4.300')
  .replace('title: Computerraum 118, network', 'title: Computerraum 118, netwrok')
  .replace('52:54:00:00:10:01', '52:54:00:14:07:01')
  .replace('address: 10.20.0.9, ', '')

const files: Readonly<Record<string, string>> = { '/home/school.yaml': mistaken, '/home/good.yaml': exampleText() }

const check = (...words: readonly string[]) =>
  runWords(['state', 'check', ...words], commands, {
    context: {
      folder: '/home',
      stdin: async () => exampleText(),
      system: { files: { read: async (path: string) => files[path] } } as never,
    },
  })

t.test('a state in order is said to be so', async (t) => {
  t.strictSame(await check('good.yaml'), {
    status: 0,
    out: 'good.yaml: 2 networks, 3 rooms, 6 devices; no errors\n',
    err: '',
  })
  t.match(await check('-'), { status: 0, out: /^-: 2 networks/ })
})

t.test('mistakes are shown all at once, and the status says so', async (t) => {
  const { status, out } = await check('school.yaml')
  golden(t, 'cli/state-check.txt', out)
  t.equal(status, 3)
  const { status: same, out: json } = await check('school.yaml', '--json')
  t.equal(same, 3)
  t.match(JSON.parse(json), {
    valid: false,
    files: ['school.yaml'],
    counts: null,
    problems: [{ file: 'school.yaml', severity: 'error' }],
  })
})

t.test('files that are not there are named together', async (t) => {
  t.match(await check('a.yaml', 'good.yaml', 'b.yaml'), { status: 3, err: /There is no file a\.yaml, b\.yaml/ })
})

t.test('the schema is printed as JSON', async (t) => {
  const { out } = await runWords(['state', 'schema'], commands)
  t.match(JSON.parse(out), { $schema: /2020-12/, title: 'School state', properties: { rooms: { type: 'array' } } })
})
