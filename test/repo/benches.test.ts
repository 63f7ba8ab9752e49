import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import { type Bounds, boundText } from '../support/bench.ts'
import { projectFiles, root, textOf } from './tree.ts'

const names = projectFiles()
  .filter((path) => path.startsWith('test/bench/') && path !== 'test/bench/run.ts')
  .map((path) => basename(path, '.ts'))
  .toSorted()

/** A row of README's table: name, measures, must, aim, measured. */
const row = /^\| `(?<name>[a-z-]+)` \|(?<measures>[^|]*)\|(?<must>[^|]*)\|(?<aim>[^|]*)\|(?<measured>[^|]*)\|$/

t.test('the bounds in the README are those beside the benches (UPDATE=1 writes them)', async (t) => {
  const lines = textOf('README.md').split('\n')
  const start = lines.indexOf('| bench | measures | must | aim | measured |') + 2
  const end = lines.findIndex((line, index) => index >= start && line === '')
  t.ok(start > 1 && end > start, 'there is a table')
  const rows = lines.slice(start, end).map((line) => row.exec(line)?.groups ?? { line })
  const wanted: string[] = []
  for (const name of names) {
    const { bounds } = (await import(join(root, `test/bench/${name}.ts`))) as { readonly bounds?: Bounds }
    if (bounds === undefined) throw new Error(`test/bench/${name}.ts does not export its bounds`)
    const { measures = ' ? ', measured = ' ? ' } = rows.find((one) => one['name'] === name) ?? {}
    const [must, aim] = [bounds.must, bounds.aim].map((bound) => boundText(bound, bounds.unit))
    wanted.push(`| \`${name}\` |${measures}| ${must} | ${aim} |${measured}|`)
  }
  if (process.env['UPDATE'] === '1') {
    writeFileSync(join(root, 'README.md'), lines.toSpliced(start, end - start, ...wanted).join('\n'))
  }
  const found = textOf('README.md')
    .split('\n')
    .slice(start, start + wanted.length + 1)
  t.strictSame(found, [...wanted, ''])
  t.notMatch(wanted.join('\n'), / \? /, 'what each measures and its figure are filled in')
})
