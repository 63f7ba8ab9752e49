import t from 'tap'
import { productFiles, textOf } from './tree.ts'

t.test('docs/findings.md tells every finding a service can have, and no other', async (t) => {
  const found = productFiles()
    .filter((path) => /^agent\/(resources|accounts\/folders)\//.test(path))
    .flatMap((path) => [...textOf(path).matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)'/g)])
    .map(([, code]) => code)
  const rows = [
    ...textOf('docs/findings.md').matchAll(/^\| `([a-z-]+)` \| (ok|warning|error|warning or error) \| \S.* \|.*\|$/gm),
  ]
  t.strictSame(new Set(rows.map(([, code]) => code)), new Set(found))
})
