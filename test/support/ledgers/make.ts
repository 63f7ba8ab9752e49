import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/**
 * `node test/support/ledgers/make.ts COMMIT` keeps a release for test/service/ledger-releases.test.ts: the part of its code
 * that opens the ledger, as it is in that commit, and a ledger that this code has written.
 */

const root = join(import.meta.dirname, '../../..')
const [commit = ''] = process.argv.slice(2)

function run(program: string, ...words: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: root, maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`${basename(program)} ${words.join(' ')}: ${stderr.toString()}`)
  return stdout
}

/** What a file of that commit needs at run time, from its own text. */
function needs(path: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(path)) return found
  found.add(path)
  const text = run('git', 'show', `${commit}:${path}`).toString()
  for (const [, name = ''] of text.matchAll(/^(?:import|export)\s+(?!type\s)[^'";]*?from '(\.[^']+)'/gm)) {
    needs(join(path, '..', name), found)
  }
  return found
}

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
const libraries = join(folder, 'node_modules')
try {
  const archive = join(folder, 'code.tar')
  run('git', 'archive', `--output=${archive}`, commit, 'package.json', ...needs('agent/engine/ledger.ts'))
  run('tar', '--extract', `--file=${archive}`, `--directory=${folder}`)
  rmSync(archive)
  symlinkSync(join(root, 'node_modules'), libraries)
  const visit = ['--code', folder, '--ledger', join(folder, 'ledger.sqlite'), '--name', 'before', '--number', '100000']
  run(process.execPath, join(import.meta.dirname, 'visit.ts'), ...visit)
  rmSync(libraries)
  const kept = join(import.meta.dirname, `${commit}.tar.zst`)
  run(
    'tar',
    '--create',
    '--zstd',
    '--sort=name',
    '--owner=0',
    '--group=0',
    `--file=${kept}`,
    `--directory=${folder}`,
    '.',
  )
} finally {
  rmSync(folder, { recursive: true })
}
