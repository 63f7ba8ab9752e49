import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { settleFolders } from '../../agent/accounts/folders/settle.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import type { Register } from '../../agent/model/register.ts'
import { Shares } from '../../agent/model/shares.ts'
import type { Files, System } from '../../agent/system/system.ts'
import { startContainer } from '../support/container.ts'
import { registerOf, somebody, someGroup } from '../support/files-people.ts'
import { exampleSchool } from '../support/school.ts'

/** Folders on a real disk, with the box's own setfacl and getfacl. */

const box = await startContainer(t, { ports: ['lan0'] })
const { files, processes } = box.system
const folder = mkdtempSync(join(tmpdir(), 'iserv-folders-'))
const { ledger } = openLedger(join(folder, 'ledger.sqlite'), Date.now())
t.teardown(() => {
  ledger.close()
  rmSync(folder, { recursive: true })
})

const templates = [{ name: 'start', into: 'homes' as const }]
const state = { ...exampleSchool(), shares: Shares.parse({ templates, quota: { pupil: '1GB' }, archive: '10d' }) }

/** A clock that is believed, and one that is not. */
const watch = { trusted: () => Date.now() }
const doubted = { trusted: () => undefined }

const settle = (register: Register, system: System = box.system, clock = watch as typeof watch | typeof doubted) =>
  settleFolders({ register, state }, { system, ledger, watch: clock })

const shell = async (script: string): Promise<string> => (await processes.run(['sh', '-c', script])).stdout

/** Everything under /var/srv, with its rights and content, as text. */
const whole = (): Promise<string> =>
  shell('cd /var/srv && getfacl --numeric --recursive --physical . && find . -type f -print -exec cat {} +')

const ada = somebody('ada', 100_001)
const bob = somebody('bob', 100_002)
const tom = somebody('tom', 100_003, 'teacher')
const classes = [someGroup('5a', 50_100), someGroup('6a', 50_101), someGroup('7a', 50_102)]

t.test('what is declared is made, with templates, and a second look finds nothing to do', async (t) => {
  await shell(
    "mkdir -p '/var/srv/templates/start/Fächer' && echo Hallo >'/var/srv/templates/start/Fächer/Lies mich.txt'",
  )
  const first = await settle(registerOf([ada, bob, tom], classes))
  t.match(first, { renamed: 0, archived: 0 })
  t.equal(await files.read('/var/srv/homes/ada/Fächer/Lies mich.txt'), 'Hallo\n')
  const home = await files.stat('/var/srv/homes/ada')
  t.match(home, { mode: 0o700, owner: 100_001, group: 50_000 })
  t.match(await files.stat('/var/srv/homes/ada/Fächer/Lies mich.txt'), { mode: 0o600, owner: 100_001 })
  t.match(
    await shell('getfacl --numeric --absolute-names /var/srv/classes/5a/Abgabe'),
    /# flags: --t\n.*group:50100:rwx/s,
  )
  const second = await settle(registerOf([ada, bob, tom], classes))
  t.strictSame(second.lines, [])
  t.strictSame(
    second.remarks.map(({ code }) => code),
    ['rooms-open', 'quota-missing'],
    'neither can this disk keep rooms apart nor this kernel limit what is stored',
  )
})

t.test('rights changed by hand are set again', async (t) => {
  const before = await whole()
  await shell('chmod 777 /var/srv/homes/ada && setfacl -m g:50100:rwx /var/srv/classes/5a/Material')
  const { righted, lines } = await settle(registerOf([ada, bob, tom], classes))
  t.equal(righted, 2, lines.join(', '))
  t.equal(await whole(), before)
})

t.test('other groups of a declared folder reach all that lies in it, also after a power cut', async (t) => {
  const shared = (fields: object) => ({
    ...state,
    shares: Shares.parse({ folders: [{ name: 'technik', title: 'Technik', ...fields }] }),
  })
  const settleAs = (school: typeof state, system = box.system) =>
    settleFolders({ register: registerOf([ada, bob, tom], classes), state: school }, { system, ledger, watch })
  const at = '/var/srv/shares/technik'
  await settleAs(shared({ write: ['klasse-50100', 'klasse-50101'] }))
  await shell(
    `mkdir ${at}/sub && echo x >${at}/sub/x && chown -R 100001:50000 ${at}/sub && ln -s /etc/passwd ${at}/sub/link`,
  )
  const passwd = await shell('getfacl --numeric /etc/passwd')
  const other = shared({ read: ['teachers', 'klasse-50101'], write: ['klasse-50100'] })
  const failing: System = {
    ...box.system,
    processes: {
      run: (argv, options) =>
        argv.includes('--restore=-') ? Promise.reject(new Error('the power fails')) : processes.run(argv, options),
    },
  }
  await t.rejects(settleAs(other, failing), /the power fails/)
  t.match(await settleAs(other), { lines: ['~ rights shares/technik'] })
  const rights = async (path: string) =>
    (await shell(`getfacl --numeric --omit-header --absolute-names ${path}`)).trim()
  const groups = 'group:50002:r-x\ngroup:50100:rwx\ngroup:50101:r-x\nmask::rwx\nother::---'
  const folder = `user::rwx\ngroup::---\n${groups}`
  const all = `${folder}\n${folder.replaceAll(/^/gm, 'default:')}`
  t.equal(await rights(at), all)
  t.equal(await rights(`${at}/sub`), all)
  t.equal(await rights(`${at}/sub/x`), folder.replaceAll('x\n', '-\n'))
  t.match(await files.stat(`${at}/sub/x`), { owner: 100_001, group: 50_000 })
  t.equal(await shell('getfacl --numeric /etc/passwd'), passwd, 'links lead nowhere')
  t.strictSame((await settleAs(other)).lines, [])
  await shell(`rm -r ${at}`)
})

t.test('a year later: names change in a ring, one leaves, one comes back; nobody loses a file', async (t) => {
  await shell(
    'for c in 5a 6a 7a; do echo "from $c" >/var/srv/classes/$c/Material/old; done; echo mine >/var/srv/homes/bob/mine',
  )
  const titles = new Map([
    ['5a', '6a'],
    ['6a', '7a'],
    ['7a', '5a'],
  ])
  const renamed = classes.map((one) => ({ ...one, title: titles.get(one.title) ?? one.title }))
  const left = { ...bob, state: 'removed' as const }
  const later = await settle(registerOf([{ ...ada, login: somebody('ada.b', 1).login }, left, tom], renamed))
  t.match(later, { renamed: 4, archived: 1, made: 0 })
  for (const [from, to] of titles) t.equal(await files.read(`/var/srv/classes/${to}/Material/old`), `from ${from}\n`)
  t.equal(await files.read('/var/srv/homes/ada.b/Fächer/Lies mich.txt'), 'Hallo\n')
  t.equal(await files.stat('/var/srv/homes/bob'), undefined)
  t.equal((await files.stat('/var/srv/archive'))?.mode, 0o700)
  t.match(ledger.archive.list(1), [{ act: 'archived', place: 'homes', name: 'bob', number: 100_002 }])
  const back = await settle(registerOf([ada, bob, tom], classes))
  t.match(back, { restored: 1, made: 0 })
  t.equal(await files.read('/var/srv/homes/bob/mine'), 'mine\n')
  t.match(ledger.archive.list(5, 'Bob'), [{ act: 'restored' }, { act: 'archived' }])
  t.strictSame((await settle(registerOf([ada, bob, tom], classes))).lines, [])
})

t.test('after the days declared the archive lets go, with a record', async (t) => {
  const old = '/var/srv/archive/homes/eve-100009-2020-01-01'
  await shell(`mkdir ${old} && echo late >${old}/file && chown -R 100009:50000 ${old}`)
  const nobody = await settle(registerOf([ada, bob, tom], classes))
  t.equal(nobody.deleted, 0, 'not what nobody knows')
  const eve = somebody('eve', 100_009, 'pupil', { state: 'removed' })
  const register = registerOf([ada, bob, tom, eve], classes)
  t.equal((await settle(register, box.system, doubted)).deleted, 0, 'not by a clock that nobody believes')
  t.equal((await settle(register)).deleted, 1)
  t.equal(await files.stat(old), undefined)
  t.match(ledger.archive.list(1), [{ act: 'deleted', name: 'eve', folder: 'eve-100009-2020-01-01' }])
})

t.test('nothing is deleted without its record, whatever fails after it and however much else is done', async (t) => {
  const many = Array.from({ length: 600 }, (_, index) => 200_000 + index)
  const gone = many.map((number) => somebody(`g${number}`, number, 'pupil', { state: 'removed' }))
  const register = registerOf([ada, bob, tom, ...gone], classes)
  await shell(
    many
      .map((n) => `mkdir /var/srv/archive/homes/g${n}-${n}-2020-01-01; chown ${n} /var/srv/archive/homes/g${n}-*`)
      .join('\n'),
  )
  const left = { removals: 590 }
  const failing: System = {
    ...box.system,
    files: {
      ...files,
      remove: (path) => {
        left.removals -= 1
        return left.removals < 0 ? Promise.reject(new Error('the power fails')) : files.remove(path)
      },
    },
  }
  const recorded = () => new Set(ledger.archive.list(2000).flatMap(({ act, name }) => (act === 'deleted' ? name : [])))
  const there = async () => (await files.list('/var/srv/archive/homes')).filter((name) => name.startsWith('g'))
  await t.rejects(settle(register, failing), /the power fails/)
  const kept = new Set((await there()).map((name) => name.split('-')[0]))
  t.strictSame(
    gone.filter(({ login }) => !kept.has(login) && !recorded().has(login)),
    [],
  )
  t.equal(kept.size, 9)
  await settle(register)
  t.strictSame(await there(), [])
  t.equal(ledger.archive.list(2000).filter(({ act, name }) => act === 'deleted' && name !== 'eve').length, 600)
})

/** The same disk, on which the power fails at the n-th change. */
function failingAt(count: number): System {
  const left = { changes: count }
  const cut = (): void => {
    left.changes -= 1
    if (left.changes < 0) throw new Error('the power fails')
  }
  const changing = ['rename', 'copy', 'makeFolder', 'remove', 'sync'] as const
  const wrapped = Object.fromEntries(
    changing.map((name) => [
      name,
      async (...values: Parameters<Files[typeof name]>) => {
        cut()
        // Typed per name in Files; here only passed through.
        return (files[name] as (...all: unknown[]) => Promise<void>)(...values)
      },
    ]),
  )
  return {
    ...box.system,
    files: { ...files, ...wrapped },
    processes: {
      run: async (argv, options) => {
        if (argv[0] === 'setfacl') cut()
        return processes.run(argv, options)
      },
    },
  }
}

t.test('wherever the power fails, the next look ends where it would have ended', async (t) => {
  const before = registerOf([ada, bob, tom], classes)
  const titles = ['6a', '7a', '5a']
  const after = registerOf(
    [somebody('ada.b', 100_001), { ...bob, state: 'removed' }, tom, somebody('new', 100_004)],
    [...classes.map((one, index) => ({ ...one, title: titles[index] ?? '' })), someGroup('5b', 50_103)],
  )
  await settle(before)
  await shell('rm -rf /tmp/start; cp -a /var/srv /tmp/start')
  await settle(after)
  const wanted = await whole()
  const cuts: number[] = []
  for (let count = 0; ; count += 1) {
    await shell('rm -rf /var/srv/* && cp -a /tmp/start/. /var/srv/')
    const failed = await settle(after, failingAt(count)).then(
      () => false,
      () => true,
    )
    if (!failed) break
    cuts.push(count)
    const put = (await files.list('/var/srv/archive/homes')).filter((name) => name.startsWith('bob'))
    t.strictSame(
      put.filter((name) => !ledger.archive.list(1000).some(({ folder }) => folder === name)),
      [],
      'what was put away has a record',
    )
    await settle(after)
    t.equal(await whole(), wanted, `cut at change ${count}`)
  }
  t.ok(cuts.length > 12, `${cuts.length} places to fail at`)
})

t.test('templates that do not fit are told of before anything is copied', async (t) => {
  await shell('mount -t tmpfs -o size=32m tmpfs /var/srv')
  t.teardown(() => shell('umount /var/srv'))
  await settle(registerOf([]))
  await shell('mkdir /var/srv/templates/start && head -c 3000000 /dev/zero >/var/srv/templates/start/film')
  const many = Array.from({ length: 40 }, (_, index) => somebody(`p${index}`, 100_100 + index))
  await t.rejects(settle(registerOf(many)), { code: 'DISK_FULL', message: /need 114 MB/ })
  t.strictSame(await files.list('/var/srv/homes'), [])
})
