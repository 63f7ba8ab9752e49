import { spawnSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs'

/**
 * Lints and type-checks the Python on the images: part of `npm run check` and of `npm test`. ruff is no package of Debian 12
 * and comes with the other linters, pinned by hash; mypy is Debian's.
 */

const rules = {
  'line-length': 140,
  'target-version': 'py313',
  lint: { select: ['E', 'F', 'W', 'B', 'C4', 'PLE', 'RET', 'RUF'] },
}
const mypy = [
  ['--check-untyped-defs', '--strict-equality', '--warn-redundant-casts'],
  // Samba's modules are in C, without types, and need not be on this machine.
  ['--ignore-missing-imports', '--scripts-are-modules'],
  ['--cache-dir=node_modules/.cache/mypy', '--no-error-summary', '--'],
].flat()

interface Finding {
  readonly code: string | null
  readonly message: string
  readonly start_location: { readonly row: number; readonly column: number }
}

const isPython = (path: string): boolean =>
  lstatSync(path).isFile() && (path.endsWith('.py') || /^#!.*\bpython/.test(readFileSync(path, 'latin1')))

const listed = spawnSync('git', ['ls-files', '-z', '-co', '--exclude-standard', 'image'], { encoding: 'utf8' })
const files = listed.stdout.split('\0').filter((path) => path !== '' && isPython(path))
if (files.length === 0) throw new Error('There is no Python under image/; run this in a clone.')

const ruff = new Workspace(rules, PositionEncoding.Utf32)
const found = files.flatMap((path) =>
  (ruff.check(readFileSync(path, 'utf8')) as readonly Finding[]).map(
    ({ code, message, start_location: { row, column } }) => `${path}:${row}:${column}: ${code} ${message}`,
  ),
)
for (const line of found) console.log(line)
const { status, error } = spawnSync('mypy', [...mypy, ...files], { stdio: 'inherit' })
if (error !== undefined) console.log(`mypy: ${error.message}; apt-get install mypy`)
process.exitCode = found.length === 0 && status === 0 ? 0 : 1
