import t from 'tap'
import { codes, exitStatus } from '../../agent/errors.ts'
import { productFiles, textOf } from './tree.ts'

const names = Object.keys(codes) as (keyof typeof codes)[]

t.test('every code is raised somewhere', async (t) => {
  const text = productFiles()
    .filter((path) => path !== 'agent/errors.ts')
    .map(textOf)
    .join('\n')
  t.strictSame(
    names.filter((code) => !text.includes(`'${code}'`)),
    [],
  )
})

t.test('docs/errors.md tells every code with its exit status, what happened and what to do', async (t) => {
  const rows = [
    ...textOf('docs/errors.md').matchAll(
      /^\| `(?<code>[A-Z_]+)` \| (?<status>\d+) \| (?<what>.+) \| (?<todo>.+) \|$/gm,
    ),
  ]
  const told = new Map(rows.map(({ groups }) => [groups?.['code'] ?? '', Number(groups?.['status'])]))
  t.strictSame(new Set(told.keys()), new Set<string>(names))
  for (const code of names) t.equal(told.get(code), exitStatus[codes[code]], code)
})
