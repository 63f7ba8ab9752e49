import { readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { fileJsonSchema } from '../../agent/model/publish.ts'
import { importFormats } from '../support/import-formats.ts'
import { stateReference } from '../support/state-reference.ts'

/** Files made from the schemas are those in the repository. `UPDATE=1` writes them anew. */

const published = [
  { file: 'docs/schema/school-state.schema.json', text: () => `${JSON.stringify(fileJsonSchema(), null, 2)}\n` },
  { file: 'docs/state.md', text: stateReference },
  { file: 'docs/import-formats.md', text: importFormats },
]

for (const { file, text } of published) {
  t.test(`${file} is as the schemas say`, async (t) => {
    const path = new URL(`../../${file}`, import.meta.url)
    if (process.env['UPDATE'] === '1') writeFileSync(path, text())
    t.equal(readFileSync(path, 'utf8'), text(), 'if this is meant: UPDATE=1 tap test/repo/published.test.ts')
  })
}

t.test('every section and every key of the state is explained', async (t) => {
  const { properties: _, $defs = {}, ...root } = fileJsonSchema()
  t.ok(root.description)
  for (const [name, schema] of Object.entries($defs)) {
    t.ok(schema.description ?? schema.properties, `${name} has a description or keys that have one`)
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      const target = $defs[value.$ref?.replace('#/$defs/', '') ?? '']
      t.ok(value.description ?? target?.description ?? target?.properties, `${name}.${key}`)
    }
  }
})
