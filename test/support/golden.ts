import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Asserting {
  equal(found: unknown, wanted: unknown, message: string): unknown
  fail(message: string): unknown
}

const folder = join(import.meta.dirname, '../golden')

/**
 * Compares text with the file under test/golden. `UPDATE=1` in the environment rewrites the file instead; look at the
 * difference before you commit it.
 */
export function golden(t: Asserting, path: string, text: string): void {
  const file = join(folder, path)
  if (process.env['UPDATE'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  if (existsSync(file)) t.equal(text, readFileSync(file, 'utf8'), `as in test/golden/${path}`)
  else t.fail(`there is no test/golden/${path}; UPDATE=1 writes it`)
}
