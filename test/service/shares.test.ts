import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { z } from 'zod'
import { settleFolders } from '../../agent/accounts/folders/settle.ts'
import { shareList, shareQuota, shareShow } from '../../agent/contract/share.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import type { Register } from '../../agent/model/register.ts'
import { Shares } from '../../agent/model/shares.ts'
import { shares } from '../../agent/resources/shares/index.ts'
import type { Deps } from '../../agent/sockets/handler.ts'
import { shareHandlers } from '../../agent/sockets/handlers/share.ts'
import { directorySchool, startDirectory } from '../support/directory.ts'
import { registerOf, somebody, someGroup } from '../support/files-people.ts'
import { enterGroup, enterPeople } from '../support/share-people.ts'
import { workstationOn } from '../support/workstation.ts'

/** Who may do what over the network, tried with smbclient of a real workstation. */

t.setTimeout(600_000)

const password = 'Regenbogen-7'
const pupils = [somebody('ada', 100_001), somebody('bob', 100_002), somebody('eve', 100_003)]
const people = [...pupils, somebody('tom', 100_010, 'teacher'), somebody('sue', 100_011, 'staff')]
const groups = [someGroup('5a', 50_100), someGroup('6b', 50_101), someGroup('Technik', 50_102, 'custom')]
const declared = Shares.parse({
  templates: [{ name: 'start', into: 'homes', roles: ['pupil'] }],
  folders: [{ name: 'technik', title: 'Technik-AG', read: ['teachers'], write: ['kurs-50102'] }],
})
const school = { ...directorySchool(), shares: declared }

const box = await startDirectory(t, { resources: [shares], school })
const { files, processes } = box.system
const folder = mkdtempSync(join(tmpdir(), 'iserv-shares-'))
const { ledger } = openLedger(join(folder, 'ledger.sqlite'), Date.now())
t.teardown(() => {
  ledger.close()
  rmSync(folder, { recursive: true })
})

await enterPeople(box.system.directory, people, password)
await enterGroup(box.system.directory, groups[0]!, ['ada', 'bob'])
await enterGroup(box.system.directory, groups[1]!, ['eve'])
await enterGroup(box.system.directory, groups[2]!, ['ada'])
await files.makeFolder('/var/srv/templates/start')
await files.write('/var/srv/templates/start/Lies mich.txt', 'Willkommen\n')
const settle = (register: Register) =>
  settleFolders({ register, state: school }, { system: box.system, ledger, watch: { trusted: () => Date.now() } })
await settle(registerOf(people, groups))

const pc = await workstationOn(await box.device('r214-pc07', 7))
for (const { login } of people) {
  await pc.write(`/root/${login}`, `username=${login}\npassword=${password}\ndomain=SCHULE\n`, '0600')
}
await pc.write('/root/work.txt', 'my work\n')
await pc.write('/root/large', 'x'.repeat(4_000_000))

const server = '//dc1.schule.lan'

/** Runs commands of smbclient as somebody; what it says, with the server's refusals in it. */
async function smb(login: string, share: string, ...commands: readonly string[]): Promise<string> {
  const argv = ['smbclient', `${server}/${share}`, `--authentication-file=/root/${login}`] as const
  const { stdout, stderr } = await pc.run([...argv, `--command=${commands.join('; ')}`], { accept: [0, 1] })
  return stdout + stderr
}

/** Names in a folder as somebody sees them. */
async function seen(login: string, share: string, path = ''): Promise<readonly string[]> {
  const text = await smb(login, share, `ls "${path}*"`)
  return [...text.matchAll(/^ {2}(\S.*?) +[ADHNRS]+ +\d+ {2}/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('.'))
    .toSorted()
}

async function offered(login: string): Promise<readonly string[]> {
  const argv = ['smbclient', '--grepable', `--list=${server}`, `--authentication-file=/root/${login}`] as const
  const { stdout } = await pc.run(argv)
  return [...stdout.matchAll(/^Disk\|([^|]+)/gm)].map(([, name = '']) => name).toSorted()
}

const denied = /NT_STATUS_ACCESS_DENIED/

t.test('everybody sees the shares that are theirs, and no other', async (t) => {
  const domain = ['netlogon', 'sysvol']
  t.strictSame(await offered('eve'), ['Klassen', 'Kurse', 'Tausch', 'home', ...domain])
  t.strictSame(await offered('ada'), ['Klassen', 'Kurse', 'Tausch', 'Technik-AG', 'home', ...domain])
  t.strictSame(await offered('tom'), [
    'Klassen',
    'Kurse',
    'Lehrer',
    'Tausch',
    'Technik-AG',
    'Vorlagen',
    'home',
    ...domain,
  ])
  t.strictSame(await offered('sue'), ['Tausch', 'Verwaltung', 'home', ...domain])
  t.match(await smb('eve', 'Lehrer', 'ls'), denied, 'also when its name is known')
})

t.test('a home is its owner’s alone, and begins with the templates', async (t) => {
  t.strictSame(await seen('ada', 'home'), ['Lies mich.txt'])
  t.strictSame(await seen('tom', 'home'), [], 'templates are for pupils')
  await smb('ada', 'home', 'put /root/work.txt diary.txt')
  t.match(await files.stat('/var/srv/homes/ada/diary.txt'), { owner: 100_001 })
  t.strictSame(await seen('bob', 'home'), ['Lies mich.txt'], 'the same share is another folder')
  t.match(
    await smb('ada', 'home', 'get "Lies mich.txt" /root/got', 'put /root/work.txt "Lies mich.txt"'),
    /getting.*putting/s,
  )
  await pc.write('/root/loud', `username=ADA\npassword=${password}\ndomain=schule\n`, '0600')
  t.strictSame(await seen('loud', 'home'), ['Lies mich.txt', 'diary.txt'], 'however the name is typed')
})

t.test('Material: teachers write, the class reads', async (t) => {
  t.notMatch(await smb('tom', 'Klassen', 'put /root/work.txt 5a/Material/sheet.txt'), /NT_STATUS/)
  t.match(await smb('ada', 'Klassen', 'get 5a/Material/sheet.txt /root/got'), /getting file/)
  t.match(await smb('ada', 'Klassen', 'put /root/work.txt 5a/Material/mine.txt'), denied)
  t.match(await smb('ada', 'Klassen', 'del 5a/Material/sheet.txt'), denied)
  t.match(await smb('ada', 'Klassen', 'put /root/work.txt 5a/Material/sheet.txt'), denied)
})

t.test('Abgabe: own work only, and teachers see all', async (t) => {
  t.notMatch(await smb('ada', 'Klassen', 'put /root/work.txt 5a/Abgabe/ada.txt', 'mkdir 5a/Abgabe/ada'), /NT_STATUS/)
  t.notMatch(await smb('bob', 'Klassen', 'put /root/work.txt 5a/Abgabe/bob.txt'), /NT_STATUS/)
  t.strictSame(await seen('ada', 'Klassen', '5a/Abgabe/'), ['ada', 'ada.txt'])
  t.strictSame(await seen('bob', 'Klassen', '5a/Abgabe/'), ['bob.txt'])
  t.strictSame(await seen('tom', 'Klassen', '5a/Abgabe/'), ['ada', 'ada.txt', 'bob.txt'])
  for (const command of [
    'get 5a/Abgabe/ada.txt /root/got',
    'put /root/work.txt 5a/Abgabe/ada.txt',
    'rename 5a/Abgabe/ada.txt 5a/Abgabe/stolen.txt',
    'rmdir 5a/Abgabe/ada',
    'put /root/work.txt 5a/Abgabe/ada/planted.txt',
  ]) {
    t.match(await smb('bob', 'Klassen', command), denied, command)
  }
  await smb('bob', 'Klassen', 'del 5a/Abgabe/ada.txt')
  t.strictSame(
    await seen('tom', 'Klassen', '5a/Abgabe/'),
    ['ada', 'ada.txt', 'bob.txt'],
    'nothing is deleted by others',
  )
  t.match(await smb('tom', 'Klassen', 'get 5a/Abgabe/ada.txt /root/got', 'del 5a/Abgabe/bob.txt'), /getting file/)
  t.strictSame(await seen('tom', 'Klassen', '5a/Abgabe/'), ['ada', 'ada.txt'])
})

t.test('Austausch: the class shares', async (t) => {
  await smb('ada', 'Klassen', 'mkdir 5a/Austausch/group', 'put /root/work.txt 5a/Austausch/group/text.txt')
  t.match(await smb('bob', 'Klassen', 'get 5a/Austausch/group/text.txt /root/got'), /getting file/)
  t.notMatch(await smb('bob', 'Klassen', 'put /root/large 5a/Austausch/group/text.txt'), /NT_STATUS/)
  t.match(await smb('tom', 'Klassen', 'get 5a/Austausch/group/text.txt /root/got'), /getting file/)
})

t.test('what is moved into Abgabe is copied by the client, and nobody else gets at it', async (t) => {
  // As on the disk of a server, where the rooms are projects of their own: the kernel refuses to rename from one to another.
  await processes.run(['mount', '--bind', '/var/srv/classes/5a/Abgabe', '/var/srv/classes/5a/Abgabe'])
  t.teardown(() => processes.run(['umount', '/var/srv/classes/5a/Abgabe']))
  await smb('ada', 'Klassen', 'put /root/work.txt 5a/Austausch/moved.txt')
  const moved = await smb('ada', 'Klassen', 'rename 5a/Austausch/moved.txt 5a/Abgabe/moved.txt')
  t.match(moved, /NT_STATUS_NOT_SAME_DEVICE/, 'upon which clients copy and delete')
  await smb('ada', 'Klassen', 'get 5a/Austausch/moved.txt /root/moved', 'put /root/moved 5a/Abgabe/moved.txt')
  await smb('ada', 'Klassen', 'del 5a/Austausch/moved.txt')
  t.notOk((await seen('bob', 'Klassen', '5a/Abgabe/')).includes('moved.txt'))
  for (const command of ['get 5a/Abgabe/moved.txt /root/got', 'put /root/work.txt 5a/Abgabe/moved.txt']) {
    t.match(await smb('bob', 'Klassen', command), denied, command)
  }
  t.ok((await seen('tom', 'Klassen', '5a/Abgabe/')).includes('moved.txt'))
})

t.test('another class’s folder is not there', async (t) => {
  t.strictSame(await seen('eve', 'Klassen'), ['6b'])
  t.match(await smb('eve', 'Klassen', 'ls 5a/Material/*'), /NT_STATUS_(ACCESS_DENIED|OBJECT_PATH_NOT_FOUND)/)
  t.match(await smb('eve', 'Klassen', 'put /root/work.txt 5a/Austausch/x.txt'), /NT_STATUS/)
  t.strictSame(await seen('tom', 'Klassen'), ['5a', '6b'])
  t.match(await smb('ada', 'Klassen', 'mkdir 5a/own'), denied, 'the folders of a class are its only ones')
  t.match(await smb('tom', 'Klassen', 'rmdir 5a/Abgabe'), /NT_STATUS/)
  t.match(await smb('tom', 'Klassen', 'rename 6b 7b'), /NT_STATUS/)
})

t.test('a folder that the school has declared is for its groups', async (t) => {
  t.notMatch(await smb('ada', 'Technik-AG', 'put /root/work.txt robot.txt'), /NT_STATUS/)
  t.match(await smb('tom', 'Technik-AG', 'get robot.txt /root/got'), /getting file/)
  t.match(await smb('tom', 'Technik-AG', 'put /root/work.txt x.txt'), denied)
  t.match(await smb('bob', 'Technik-AG', 'ls'), denied)
})

t.test('what is deleted lies in the bin of who deleted it, and what is deleted there is gone', async (t) => {
  await smb('ada', 'home', 'mkdir notes', 'put /root/work.txt notes/a.txt', 'del notes/a.txt')
  t.strictSame(await seen('ada', 'home', 'Papierkorb/notes/'), ['a.txt'])
  await smb('ada', 'home', 'rename Papierkorb/notes/a.txt notes/a.txt')
  t.strictSame(await seen('ada', 'home', 'notes/'), ['a.txt'], 'it is brought back')
  await smb('bob', 'Klassen', 'del 5a/Austausch/group/text.txt')
  t.strictSame(await seen('bob', 'home', 'Papierkorb/Klassen/5a/Austausch/group/'), ['text.txt'])
  await smb('bob', 'home', 'del Papierkorb/Klassen/5a/Austausch/group/text.txt')
  t.strictSame(await seen('bob', 'home', 'Papierkorb/Klassen/5a/Austausch/group/'), [])
  t.match(await seen('bob', 'home', 'Papierkorb/'), ['Klassen'])
})

t.test('the bins are emptied of what is older than thirty days, and nothing else', async (t) => {
  await smb('ada', 'home', 'put /root/work.txt notes/b.txt', 'del notes/b.txt')
  t.strictSame(await seen('ada', 'home', 'Papierkorb/notes/'), ['b.txt'])
  await processes.run(['systemd-tmpfiles', '--clean', '/usr/lib/tmpfiles.d/iserv-files.conf'])
  t.strictSame(await seen('ada', 'home', 'Papierkorb/notes/'), ['b.txt'], 'it is new')
  const rules = (await files.read('/usr/lib/tmpfiles.d/iserv-files.conf')) ?? ''
  // No file can be made older than it is; so the rules are made shorter.
  await files.write('/run/bins.conf', rules.replaceAll('30d', '0'))
  await processes.run(['systemd-tmpfiles', '--clean', '/run/bins.conf'])
  t.strictSame(await seen('ada', 'home', 'Papierkorb/'), [])
  t.strictSame(await seen('ada', 'home', 'notes/'), ['a.txt'])
})

t.test('Kerberos opens the same home', async (t) => {
  const krb5 = '[libdefaults]\n  default_realm = SCHULE.LAN\n  dns_lookup_kdc = true\n  rdns = false\n'
  await pc.write('/etc/krb5.conf', krb5)
  await pc.run(['kinit', 'ada@SCHULE.LAN'], { input: `${password}\n` })
  const { stdout } = await pc.run(['smbclient', `${server}/home`, '--use-kerberos=required', '--command=ls'])
  t.match(stdout, /diary\.txt/)
})

t.test('the box proves that it serves, and sees a share that is missing', async (t) => {
  const prepared = shares.prepare({ state: school, locks: [] })
  const codes = async () => (await prepared.probe(box.system)).map(({ code }) => code)
  t.strictSame(await codes(), ['shares-serve', 'rooms-open'])
  t.strictSame((await box.engine.tend())['shares']?.lines, [])
  const path = '/var/lib/iserv/current/shares/shares.conf'
  const text = (await files.read(path)) ?? ''
  await files.write(path, text.replace('[Tausch]', '[Anders]'))
  t.strictSame(await codes(), ['shares-missing', 'rooms-open'], 'Samba has read what somebody has changed')
  await box.engine.tend()
  t.equal(await files.read(path), text, 'the engine puts it right')
  t.strictSame(await codes(), ['shares-serve', 'rooms-open'])
  await box.system.units.stop('samba-ad-dc.service')
  t.strictSame(await codes(), ['shares-silent', 'rooms-open'])
  await box.engine.tend()
})

t.test('testparm judges the shares before they count', async (t) => {
  const prepared = shares.prepare({ state: school, locks: [] })
  await files.makeFolder('/tmp/candidate')
  await files.write('/tmp/candidate/shares.conf', prepared.files[0]?.text ?? '')
  await t.resolves(prepared.check('/tmp/candidate', box.system))
  await files.write('/tmp/candidate/shares.conf', '[x]\n  wrong word = yes\n')
  await t.rejects(prepared.check('/tmp/candidate', box.system), { code: 'SERVICE_CHECK_FAILED', message: /wrong word/ })
})

t.test('share list, show and quota tell what lies where, and whose it is', async (t) => {
  ledger.transaction(() => {
    for (const person of people) ledger.people.put(person)
    for (const group of groups) ledger.groups.put(group)
  })
  const ask = async <T extends z.ZodType>(operation: { name: string; response: T }, request: unknown) => {
    const handler = shareHandlers.find((one) => one.operation.name === operation.name)
    // Of the engine only the state is asked for.
    const deps = { engine: { state: () => school }, ledger, system: box.system } as unknown as Deps
    return operation.response.parse(await handler?.handle(request, deps))
  }
  await files.write('/var/srv/classes/5a/Material/film', 'x'.repeat(3_000_000))
  const { shares: listed, storage } = await ask(shareList, {})
  const classes = listed.find(({ name }) => name === 'Klassen')
  t.ok((classes?.bytes ?? 0) > 3_000_000 && storage.free < storage.total)
  const { folders } = await ask(shareShow, { name: 'klassen' })
  t.strictSame(
    folders.map(({ name, owner }) => [name, owner]),
    [
      ['5a', 'klasse-50100'],
      ['6b', 'klasse-50101'],
    ],
  )
  t.ok((folders[0]?.bytes ?? 0) > 3_000_000, 'each folder is counted for itself')
  const homes = await ask(shareShow, { name: 'home' })
  t.strictSame(
    homes.folders.map(({ name, owner }) => `${name} ${owner}`).toSorted(),
    people.map(({ login }) => `${login} ${login}`).toSorted(),
  )
  await t.rejects(ask(shareShow, { name: 'Klasen' }), { code: 'SHARE_UNKNOWN', message: /Klassen/ })
  t.strictSame(await ask(shareQuota, {}), { counted: false, people: [] }, 'this kernel counts nothing, and says so')
  for (let times = 0; times < 7; times += 1) await t.resolves(ask(shareQuota, {}), 'however often somebody asks')
  await t.rejects(ask(shareQuota, { login: 'nobody' }), { code: 'PERSON_UNKNOWN' })
})

t.test('a full disk is told as such, and what was there stays', async (t) => {
  await processes.run(['mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', '/var/srv'])
  t.teardown(() => processes.run(['umount', '/var/srv']))
  await settle(registerOf(people, groups))
  t.notMatch(await smb('ada', 'home', 'put /root/work.txt small.txt'), /NT_STATUS/)
  await processes.run(['sh', '-c', 'head -c 3000000 /dev/zero >/var/srv/homes/ada/ballast'])
  t.match(await smb('ada', 'home', 'put /root/large large.txt'), /NT_STATUS_DISK_FULL/)
  t.match(await smb('ada', 'home', 'get small.txt /root/got'), /getting file/)
  const codes = (await box.engine.prove())['shares']?.map(({ code }) => code)
  t.match(codes, ['shares-serve', /^storage-(low|full)$/, 'template-missing', 'rooms-open'])
})
