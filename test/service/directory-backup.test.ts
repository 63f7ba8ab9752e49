import { join } from 'node:path'
import t from 'tap'
import { openLedger } from '../../agent/engine/ledger.ts'
import { apply } from '../../agent/resources/directory/apply.ts'
import { localSystem } from '../../agent/system/local.ts'
import { until } from '../../cli/lab/until.ts'
import { addPerson, passwordValue } from '../support/directory-people.ts'
import { directoryAddress, startDirectory } from '../support/directory.ts'

/** Yesterday's backup, today's changes, the restore: directory and register are of one moment again. */

t.setTimeout(900_000)

const box = await startDirectory(t)
const { directory, files, processes, units } = box.system
const any = Array.from({ length: 256 }, (_, status) => status)
const backup = '/var/lib/iserv/backups/yesterday.tar.zst'
const unit = 'iserv-directory-restore.service'
/** Where a backup lies while it may be forgotten, and where once it must be carried out. */
const [prepared, begun] = ['/var/lib/samba.prepared', '/var/lib/samba.restoring']
const restoring = (verb: string, path = backup) =>
  processes.run(['/usr/libexec/iserv/directory-restore', verb, path], { accept: any, timeout: 300_000 })

const sidOf = async (login: string): Promise<string | undefined> => {
  const [found] = await directory.search({
    base: 'DC=schule,DC=lan',
    scope: 'sub',
    filter: `(sAMAccountName=${login})`,
    attributes: ['objectSid'],
    binary: ['objectSid'],
  })
  const sid = found?.attributes['objectSid']?.[0]
  return sid === undefined ? undefined : Buffer.from(sid).toString('hex')
}
const signsIn = async (login: string, password: string): Promise<boolean> => {
  await files.write('/run/who', `username=${login}\npassword=${password}\ndomain=SCHULE\n`, 0o600)
  const argv = ['smbclient', `//${directoryAddress}/IPC$`, '--authentication-file=/run/who', '--command=exit'] as const
  return (await processes.run(argv, { accept: any })).status === 0
}
const askRevision = `
import sqlite3
print(sqlite3.connect('/var/lib/iserv/ledger.sqlite').execute('select revision from register').fetchone()[0])
`
const revision = async () => Number((await processes.run(['python3', '-'], { input: askRevision })).stdout)

/** Until the domain controller serves again, every part of it; whoever restores starts it. */
const served = () =>
  until(
    async () => {
      const { active } = await units.status('samba-ad-dc.service')
      if (active !== 'active' || (await sidOf('p.early').catch(() => undefined)) === undefined) return false
      return signsIn('p.early', 'Regenbogen-1')
    },
    { what: 'the domain controller', timeout: 60_000, every: 100 },
  )
/** Lines that the restore's unit has besides its own. */
async function override(...lines: readonly string[]): Promise<void> {
  await files.makeFolder(`/run/systemd/system/${unit}.d`)
  await files.write(`/run/systemd/system/${unit}.d/test.conf`, ['[Service]', ...lines, ''].join('\n'))
  await processes.run(['systemctl', 'daemon-reload'])
}

/** The agent sleeps here; its ledger is made as it would make it. */
const made = join(t.testdir(), 'ledger.sqlite')
openLedger(made, Date.now()).ledger.close()
await localSystem().processes.run(['cp', made, `${box.root}/var/lib/iserv/ledger.sqlite`])

await addPerson(directory, 'p.early', 'Regenbogen-1', 'pupils')
const early = await sidOf('p.early')
const before = await revision()

t.test('a backup is made while people sign in', async (t) => {
  const { stdout, status, stderr } = await processes.run(['/usr/libexec/iserv/directory-backup', backup], {
    accept: any,
    timeout: 300_000,
  })
  t.equal(status, 0, stderr)
  t.match(JSON.parse(stdout), { domain: 'schule.lan', revision: before })
  t.equal((await files.stat(backup))?.mode, 0o600)
  t.ok(await signsIn('p.early', 'Regenbogen-1'))
})

t.test('a backup that is ended leaves nothing, and the next one sweeps what a power cut has left', async (t) => {
  const folder = '/var/lib/iserv/backups'
  await processes.run(['mkdir', `${folder}/.backup-old`, `${folder}/.backup-running`])
  await processes.run(['touch', '--date=yesterday', `${folder}/.backup-old`])
  const ended = processes.run(
    ['systemd-run', '--wait', '--unit=backup', '/usr/libexec/iserv/directory-backup', `${folder}/none`],
    { accept: any, timeout: 300_000 },
  )
  await until(
    async () =>
      (await files.list(folder)).filter((name) => name.startsWith('.backup-')).length === 2 &&
      !(await files.list(folder)).includes('.backup-old'),
    { what: 'the backup to begin', every: 5 },
  )
  await processes.run(['systemctl', 'kill', '--kill-whom=main', 'backup'])
  t.not((await ended).status, 0)
  t.strictSame(await files.list(folder), ['.backup-running', 'yesterday.tar.zst'])
})

t.test('what is no backup, or not whole, is refused and changes nothing', async (t) => {
  await files.write('/var/lib/iserv/backups/none.tar.zst', 'nothing')
  t.match((await restoring('prepare', '/var/lib/iserv/backups/none.tar.zst')).stderr, 'is no backup of a directory')
  t.match((await restoring('prepare', '/nowhere')).stderr, 'is no backup of a directory')
  t.equal((await restoring('check')).status, 0)
  t.equal(await files.stat(prepared), undefined, 'passwords that were looked at do not stay about')
  t.ok(await signsIn('p.early', 'Regenbogen-1'))
})

t.test('one at a time: who comes second is refused and touches nothing, and the exchange waits its turn', async (t) => {
  t.equal((await restoring('prepare')).status, 0)
  const whole = `${prepared}/directory/provisioned.json`
  t.ok(await files.stat(whole))
  await processes.run(['mkfifo', '/run/turn'])
  // Holds what the program holds, until somebody writes into the pipe.
  const holder = processes.run(
    ['flock', '/run/iserv-directory-restore.lock', 'sh', '-c', 'touch /run/held; cat /run/turn'],
    { timeout: 300_000 },
  )
  await until(async () => (await files.stat('/run/held')) !== undefined, { what: 'the lock to be held', every: 20 })
  for (const verb of ['check', 'prepare']) t.match((await restoring(verb)).stderr, /^Another restore is at work/)
  t.ok(await files.stat(whole), 'what the first has prepared is still whole')

  const exchange = units.start(unit)
  await until(async () => (await units.status(unit)).sub === 'start', { what: 'the exchange to have its turn next' })
  t.ok(await files.stat(whole))
  await processes.run(['tee', '/run/turn'], { input: 'go' })
  await holder
  await exchange
  await served()
  t.equal(await files.stat(prepared), undefined)
  t.ok(await signsIn('p.early', 'Regenbogen-1'))
})

t.test('rights of the policies that cannot be set are told, and nobody is locked out for it', async (t) => {
  t.equal((await restoring('prepare')).status, 0)
  await files.makeFolder('/run/spoiled')
  await files.write('/run/spoiled/samba-tool', '#!/bin/sh\necho no rights today >&2\nexit 1\n', 0o755)
  await override('Environment=PATH=/run/spoiled:/usr/sbin:/usr/bin')
  await t.rejects(units.start(unit), { code: 'UNIT_FAILED' })
  await override()
  await served()
  const { stdout } = await processes.run(['journalctl', '--no-pager', '--unit', unit, '--output=cat'])
  t.match(stdout, /The backup is in place, but not the rights.*no rights today/)
  for (const folder of [prepared, begun]) t.equal(await files.stat(folder), undefined)
  t.ok(await signsIn('p.early', 'Regenbogen-1'))
  await processes.run(['systemctl', 'reset-failed', unit])
})

t.test('a restore that cannot begin is forgotten, and everybody goes on', async (t) => {
  t.equal((await restoring('prepare')).status, 0)
  await override('ExecStartPre=/usr/bin/false')
  await t.rejects(units.start(unit), { code: 'UNIT_FAILED' })
  await served()
  t.equal(await files.stat(prepared), undefined)
  t.ok(await signsIn('p.early', 'Regenbogen-1'))
  await override()
})

t.test('restored: who was there has the same SID and the old password, who came later is gone', async (t) => {
  const late = await addPerson(directory, 'p.late', 'Regenbogen-2', 'pupils')
  const lateSid = await sidOf('p.late')
  await directory.modify('CN=p.early,OU=People,OU=School,DC=schule,DC=lan', [
    { kind: 'replace', attribute: 'unicodePwd', values: [passwordValue('Anders-2026')] },
  ])
  t.ok(await signsIn('p.early', 'Anders-2026'))

  const { status: ready, stderr } = await restoring('prepare')
  t.equal(ready, 0, stderr)
  t.ok(await signsIn('p.early', 'Anders-2026'), 'preparing changes nothing')

  await units.start(unit)
  await apply({ kind: 'start', reason: '', address: directoryAddress }, box.system)

  t.equal(await sidOf('p.early'), early)
  t.ok(await signsIn('p.early', 'Regenbogen-1'))
  t.equal(await sidOf('p.late'), undefined)
  t.ok((await revision()) > before, 'plans made before are out of date')
  t.equal(await files.stat(prepared), undefined)

  await addPerson(directory, 'p.new', 'Regenbogen-3', 'pupils')
  t.not(await sidOf('p.new'), lateSid, 'nobody gets the SID of somebody lost')
  t.ok(await signsIn('p.new', 'Regenbogen-3'))
  t.ok(late.length > 0)

  const status = await processes.run(['samba-tool', 'dbcheck', '--cross-ncs'], { accept: any, timeout: 300_000 })
  t.match(status.stdout, /\(0 errors\)/)
  t.strictSame((await box.engine.tend())['directory']?.lines, [], 'and everything is as declared')
})

t.test('the same backup once more: whoever came in between does not get their SIDs either', async (t) => {
  const between = await sidOf('p.new')
  t.equal((await restoring('prepare')).status, 0)
  await units.start(unit)
  await served()
  t.equal(await sidOf('p.new'), undefined)
  await addPerson(directory, 'p.other', 'Regenbogen-4', 'pupils')
  const other = await sidOf('p.other')
  t.ok(other !== undefined && between !== undefined)
  t.not(other, between)
})

/** The unit reads it after the directories are exchanged, before the register is replaced. */
const numbers = '/var/srv/.numbers'

t.test('half way: nothing starts, nothing is made anew, no other backup is taken; then it goes on', async (t) => {
  t.equal((await restoring('prepare')).status, 0)
  await files.makeFolder(numbers)
  await t.rejects(units.start(unit), { code: 'UNIT_FAILED' })
  // As if the power had failed a moment earlier.
  await files.rename('/var/lib/samba', `${begun}/directory`)
  for (const name of ['samba-ad-dc.service', 'iserv-directory-provision.service']) {
    await units.start(name)
    t.not((await units.status(name)).active, 'active', name)
  }
  t.match((await restoring('prepare')).stderr, 'stopped half way')
  await files.remove(numbers)
  await units.start(unit)
  await served()
  t.ok(await signsIn('p.early', 'Regenbogen-1'))
  t.equal(await sidOf('p.other'), undefined)
  for (const folder of [prepared, begun]) t.equal(await files.stat(folder), undefined)
})
