import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { projectFiles, root } from './tree.ts'

t.test('what points elsewhere in an image is a link, also after the project was copied', (t) => {
  const overlay = projectFiles().filter((path) => /^image\/.+\/overlay\/|^test\/support\/asleep\//.test(path))
  t.ok(overlay.length > 0)
  const texts = overlay.filter((path) => lstatSync(join(root, path)).isFile())
  const flattened = texts.filter((path) => /^\/\S+$/.test(readFileSync(join(root, path), 'utf8')))
  t.strictSame(flattened, [], 'a file that holds nothing but a path was a link')
  t.end()
})
