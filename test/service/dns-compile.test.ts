import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { compile, readReport, stampsOf, wholeShapes } from '../../agent/resources/dns/compile.ts'
import { derive } from '../../agent/resources/dns/derive.ts'
import { entryFor } from '../../agent/resources/dns/entries.ts'
import { signatureOf } from '../../agent/resources/dns/lists.ts'
import { currentFolder } from '../../agent/resources/dns/paths.ts'
import { render } from '../../agent/resources/dns/render.ts'
import type { ListPlan } from '../../agent/resources/dns/schema.ts'
import { filesUnder } from '../../agent/system/files.ts'
import { exampleSchool } from '../support/school.ts'

const plan: ListPlan = {
  shape: 'shape1',
  lists: [
    { name: 'games', domains: ['chess.example'], file: 'games.txt' },
    { name: 'exam', domains: ['exam.example'] },
  ],
  only: [{ profile: 'exam', lists: ['exam'] }],
  own: ['schule.lan.'],
}

const folderIn = (root: string): string => join(root, 'var/lib/iserv/filters')
const compiledIn = (root: string, name: string, shape = 'shape1'): string =>
  join(root, 'var/lib/iserv/dns', shape, name)

function withGames(root: string, text: string): string {
  mkdirSync(folderIn(root), { recursive: true })
  writeFileSync(join(folderIn(root), 'games.txt'), text)
  return root
}

t.test('lists become zones with tags, views and a report', async (t) => {
  const root = withGames(t.testdir(), 'go.example\nwww.go.example\nexam.example\n\nbroken line\n')
  const report = await compile(plan, filesUnder(root))
  t.match(report, { domains: 4, brokenCount: 1, missing: [] })
  t.same(report.broken, [{ list: 'games', file: 'games.txt', line: 5, value: 'broken line' }])
  const zones = [...readFileSync(compiledIn(root, 'blocked.conf'), 'utf8').matchAll(/^local-zone-tag: (\S+) "(.*)"$/gm)]
  t.same(
    zones.map(([, zone, tags]) => `${zone} ${tags}`),
    ['chess.example. games', 'go.example. games', 'exam.example. games exam'],
    'a sub-domain of the same list needs no zone of its own',
  )
  t.equal(readFileSync(compiledIn(root, 'only-exam.conf'), 'utf8'), 'local-zone: exam.example. noview\n')
})

t.test('lists are compiled again when a file has changed, and only then', async (t) => {
  const root = withGames(t.testdir(), 'go.example\n')
  const files = filesUnder(root)
  const first = await compile(plan, files)
  const { mtimeMs } = statSync(compiledIn(root, 'blocked.conf'))
  t.same(await compile(plan, files), first)
  t.equal(statSync(compiledIn(root, 'blocked.conf')).mtimeMs, mtimeMs)
  utimesSync(join(folderIn(root), 'games.txt'), 1, 1)
  t.not((await compile(plan, files)).signature, first.signature)
})

t.test('a compiled file that somebody changed or removed is noticed and made anew', async (t) => {
  const root = withGames(t.testdir(), 'go.example\n')
  const files = filesUnder(root)
  await compile(plan, files)
  t.same(await wholeShapes(files), ['shape1'])
  for (const spoil of [
    () => rmSync(compiledIn(root, 'blocked.conf')),
    () => writeFileSync(compiledIn(root, 'only-exam.conf'), ''),
  ]) {
    spoil()
    t.same(await wholeShapes(files), [])
    await compile(plan, files)
    t.same(await wholeShapes(files), ['shape1'])
  }
})

t.test('a power cut while compiling is repaired: without a whole report nothing counts as compiled', async (t) => {
  const root = withGames(t.testdir(), 'go.example\n')
  const files = filesUnder(root)
  await compile(plan, files)
  writeFileSync(compiledIn(root, 'report.json'), '{"signature":"')
  t.equal(await readReport(plan, files), undefined)
  t.equal((await compile(plan, files)).signature, signatureOf(plan, await stampsOf(files)))
})

t.test('old lists are kept for going back, but not for ever', async (t) => {
  const root = withGames(t.testdir(), 'go.example\n')
  for (let index = 0; index < 7; index += 1) {
    await compile({ ...plan, shape: `shape${index}` }, filesUnder(root))
    utimesSync(compiledIn(root, '', `shape${index}`), index, index)
  }
  const kept = Array.from({ length: 7 }, (_, index) => existsSync(compiledIn(root, 'blocked.conf', `shape${index}`)))
  t.same(kept, [false, false, false, true, true, true, true])
})

t.test('lists that are only planned do not take away those the box runs with', async (t) => {
  const root = withGames(t.testdir(), 'go.example\n')
  const files = filesUnder(root)
  const current = derive({ state: exampleSchool() })
  await compile(current.lists, files)
  await files.makeFolder(currentFolder)
  for (const { path, text } of render(current)) await files.write(`${currentFolder}/${path}`, text)
  for (let index = 0; index < 5; index += 1) await compile({ ...plan, shape: `shape${index}` }, files)
  t.ok((await wholeShapes(files)).includes(current.lists.shape))
})

t.test('a full disk is told, and the lists that are in use stay', async (t) => {
  const root = withGames(mkdtempSync(join(tmpdir(), 'iserv-lists-')), 'go.example\n')
  const disk = join(root, 'var/lib/iserv/dns')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk])
  t.teardown(() => {
    execFileSync('umount', [disk])
    rmSync(root, { recursive: true })
  })
  const files = filesUnder(root)
  const { signature } = await compile(plan, files)
  const before = readFileSync(compiledIn(root, 'blocked.conf'), 'utf8')
  withGames(root, Array.from({ length: 5_000 }, (_, index) => `site${index}.example`).join('\n'))
  await t.rejects(compile(plan, files), { code: 'DISK_FULL' })
  t.equal(readFileSync(compiledIn(root, 'blocked.conf'), 'utf8'), before)
  t.equal((await readReport(plan, files))?.signature, signature)
})

t.test('the entry that covers a name is the nearest of all lists', async (t) => {
  const root = withGames(t.testdir(), 'example.org\nB.Example.org.\nbroken line\n')
  const files = filesUnder(root)
  t.same(await entryFor('a.b.example.org', plan.lists, files), { list: 'games', entry: 'b.example.org' })
  t.same(await entryFor('c.example.org', plan.lists, files), { list: 'games', entry: 'example.org' })
  t.same(await entryFor('exam.example', plan.lists, files), { list: 'exam', entry: 'exam.example' })
  t.equal(await entryFor('notexample.org', plan.lists, files), undefined)
  t.equal(await entryFor('www.example.net', [{ name: 'gone', domains: [], file: 'gone.txt' }], files), undefined)
})
