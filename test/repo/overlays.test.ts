import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { root } from './tree.ts'

/** What is laid over an image is enabled, masked and led elsewhere by links: as plain files they would do nothing. */

t.test('links of the overlays are links', async (t) => {
  const places = ['image', 'test/support/asleep']
  const entries = await Promise.all(
    places.map((place) => readdir(join(root, place), { recursive: true, withFileTypes: true })),
  )
  const units = entries.flat().filter(({ parentPath }) => parentPath.endsWith('.wants'))
  t.ok(units.length > 5)
  t.strictSame(
    units.filter((entry) => !entry.isSymbolicLink()).map(({ name }) => name),
    [],
  )
  // A link that was copied by something that knows none is a file that holds the path, without an end of line.
  const unended = []
  for (const entry of entries.flat().filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    if (!(await readFile(path, 'utf8')).endsWith('\n')) unended.push(path)
  }
  t.strictSame(unended, [])
})
