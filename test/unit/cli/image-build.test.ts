import t from 'tap'
import { commands } from '../../../cli/commands/index.ts'
import { exampleText } from '../../support/school.ts'
import { runWords } from '../../support/shell.ts'

const files: Readonly<Record<string, string>> = {
  '/home/bad.yaml': exampleText().replace('ports: [lan0]', 'ports: []').replace('10.30.0.1/22', '10.300.0.1/22'),
}

/** Nothing is there to build with: whoever begins fails otherwise. */
const build = (...words: readonly string[]) =>
  runWords(['image', 'build', ...words], commands, {
    context: { folder: '/home', system: { files: { read: async (path: string) => files[path] } } as never },
  })

t.test('a state with mistakes is refused with all of them before anything is built', async (t) => {
  const { status, err } = await build('--format', 'raw', '--out', 'dist', '--state', 'bad.yaml')
  t.equal(status, 3)
  t.match(err, /networks\[0\]\.ports/)
  t.match(err, /10\.300\.0\.1/)
  t.match(await build('--format', 'raw', '--out', 'dist', '--state', 'none.yaml'), { status: 3, err: /none\.yaml/ })
})

t.test('only a disk of the user’s own brings a state along', async (t) => {
  t.match(await build('--format', 'raw', '--state', 'bad.yaml'), { status: 2, err: /--out/ })
  t.match(await build('--out', 'dist', '--state', 'bad.yaml'), { status: 2, err: /--format raw/ })
})
