import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openDatabase, readDatabase } from '../../agent/engine/database.ts'
import { migrate } from '../../agent/engine/migrate.ts'
import { expansions } from '../../agent/engine/migrations.ts'

/** Ledgers that earlier releases have written, and the code of these releases on ledgers that later ones have written. */

t.setTimeout(120_000)

const root = join(import.meta.dirname, '../..')
const kept = join(root, 'test/support/ledgers')

/** A release as test/support/ledgers/make.ts has kept it: its code, and a ledger written by it. */
function release(t: Test, commit: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'old'))
  const file = join(kept, `${commit}.tar.zst`)
  const { status } = spawnSync('tar', ['--extract', `--file=${file}`, `--directory=${join(folder, 'old')}`])
  if (status !== 0) throw new Error(`${file} cannot be unpacked`)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { code: join(folder, 'old'), ledger: join(folder, 'old/ledger.sqlite') }
}

const given = { number: 100_000 }

/** A day at school, by this code. */
function visit(code: string, ledger: string, name: string) {
  given.number += 1
  const program = join(kept, 'visit.ts')
  const words = ['--code', code, '--ledger', ledger, '--name', name, '--number', String(given.number)]
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' })
  return { status, stderr, inside: stdout === '' ? undefined : (JSON.parse(stdout) as unknown) }
}

/** What is in a ledger on which these days were spent, the last one last. */
const after = (...days: readonly string[]) => ({
  damaged: null,
  people: days.map((day) => `q.${day}`).toSorted(),
  former: days.toSorted(),
  found: [`q.${days.at(-1)}`],
  members: days.length,
  passwords: days.map((day) => `sealed for ${day}`).toSorted(),
  locks: days.toSorted(),
  generations: days.toSorted(),
  current: days.at(-1),
  import: days.at(-1),
})

const versionOf = (path: string): number => {
  const { store, close } = readDatabase(path)
  try {
    return Number(store.get('pragma user_version')?.['user_version'])
  } finally {
    close()
  }
}

t.test('a ledger of each release kept is taken over whole', async (t) => {
  for (const [commit, version] of [
    ['2ae63ac', 10],
    ['d301251', 11],
  ] as const) {
    const { ledger } = release(t, commit)
    t.equal(versionOf(ledger), version, `${commit} has written it`)
    t.strictSame(visit(root, ledger, 'now').inside, after('before', 'now'), commit)
  }
})

t.test('the release before works with what this one has written, and loses nothing of it', async (t) => {
  const { code, ledger } = release(t, 'd301251')
  visit(root, ledger, 'now')
  t.strictSame(visit(code, ledger, 'back').inside, after('before', 'now', 'back'))
  t.strictSame(visit(root, ledger, 'again').inside, after('before', 'now', 'back', 'again'))
})

t.test('releases work with what later ones have added, and leave it alone', async (t) => {
  const { code, ledger } = release(t, 'd301251')
  const future = [
    ...expansions,
    `alter table people add column shoe integer;
     update people set shoe = 38;
     alter table locks add column why text not null default '';`,
    'create table shoes (size integer primary key) strict; insert into shoes (size) values (38)',
  ]
  const later = (act: (store: ReturnType<typeof openDatabase>['store']) => void) => {
    const { store, run, close } = openDatabase(ledger)
    migrate(ledger, { store, run }, future)
    act(store)
    close()
  }
  later(() => undefined)
  for (const [index, by] of [code, root].entries()) {
    const days = ['before', 'first', 'second'].slice(0, index + 2)
    t.strictSame(visit(by, ledger, days.at(-1) ?? '').inside, after(...days))
  }
  later((store) => {
    t.strictSame(
      store.all('select login, shoe from people order by shoe is null, login').map((row) => ({ ...row })),
      [
        { login: 'q.before', shoe: 38 },
        { login: 'q.first', shoe: null },
        { login: 'q.second', shoe: null },
      ],
      'nothing is added twice',
    )
    t.equal(store.get('select count(*) as n from shoes')?.['n'], 1)
    t.equal(store.get('select count(*) as n from expansions')?.['n'], future.length)
  })
})

t.test('a release from which something was taken away refuses, and changes nothing', async (t) => {
  const { code, ledger } = release(t, '2ae63ac')
  visit(root, ledger, 'now')
  const { status, stderr } = visit(code, ledger, 'back')
  t.equal(status, 1)
  t.match(stderr, 'STATE_NEWER')
  t.strictSame(visit(root, ledger, 'again').inside, after('before', 'now', 'again'))
})
