import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import type { Argv } from '../../agent/system/system.ts'
import { startBox } from '../support/box.ts'
import { generatedPeople, type Somebody } from '../support/people.ts'
import { schildPupils } from '../support/people-files.ts'
import { exampleTextWithDirectory } from '../support/school.ts'

/** Yesterday's backup is restored, then today's files are read in: everybody is who they were, with the files they had. */

t.setTimeout(900_000)

const box = await startBox(t)
const { files, processes, units } = box.system
const control = (...words: string[]) => box.control(words, { timeout: 300_000 })

const generated = generatedPeople({ size: 800 })
const pupils = (from: number, to: number, titles: readonly [string, string]): readonly Somebody[] =>
  generated.people.slice(from, to).map((pupil, index) => ({ ...pupil, classes: [titles[index % 2] ?? ''] }))
const yesterday = pupils(600, 624, ['5a', '5b'])
const newcomers = pupils(624, 630, ['5a', '6c'])
const [leaver, mover, ...others] = yesterday
/** The first has left, the second is in another class, six are new, and so is that class. */
const today = [...(mover === undefined ? [] : [{ ...mover, classes: ['6c'] }]), ...others, ...newcomers]

async function plan(people: readonly Somebody[]): Promise<string> {
  await files.write('/var/tmp/pupils.csv', schildPupils({ ...generated, people }))
  const words = ['import', 'plan', '/var/tmp/pupils.csv', '--source', 'schild', '--out', '/var/tmp/plan']
  return (await control(...words)).stdout
}

async function readIn(people: readonly Somebody[]): Promise<void> {
  await plan(people)
  // Ends with 5 when anybody was refused.
  const { stdout } = await control('import', 'apply', '/var/tmp/plan', '--json')
  const { import: status } = JSON.parse(stdout) as { readonly import: { readonly state: string } }
  if (status.state !== 'done') throw new Error(`The import is not done: ${stdout}`)
}

interface Account {
  readonly login: string
  /** The mark of the register's id. */
  readonly mark: string
  readonly sid: string
  readonly number: number
}

/** All accounts there are, by given name and surname. */
async function accounts({ directory } = box.system): Promise<ReadonlyMap<string, Account>> {
  const found = await directory.search({
    base: 'OU=People,OU=School,DC=schule,DC=lan',
    scope: 'one',
    filter: '(objectClass=user)',
    attributes: ['sAMAccountName', 'givenName', 'sn', 'adminDescription', 'uidNumber', 'objectSid'],
    binary: ['objectSid'],
  })
  const all = found.map(({ attributes }): [string, Account] => {
    const text = (name: string): string => String(attributes[name]?.[0])
    const sid = Buffer.from(attributes['objectSid']?.[0] ?? '').toString('hex')
    const [login, mark, number] = [text('sAMAccountName'), text('adminDescription'), Number(text('uidNumber'))]
    return [`${text('givenName')} ${text('sn')}`, { login, mark, sid, number }]
  })
  if (new Map(all).size !== all.length) throw new Error(`Somebody is there twice: ${JSON.stringify(all)}`)
  return new Map(all)
}

const accountOf = (all: ReadonlyMap<string, Account>, person: Somebody | undefined): Account => {
  const account = all.get(`${person?.given} ${person?.surname}`)
  if (account === undefined) throw new Error(`${person?.surname} has no account`)
  return account
}

const passwordOf = ({ number }: Account): string => `Kreidestaub-${number}`
const setPassword = (account: Account) =>
  box.control(['account', 'password', account.login], { input: `${passwordOf(account)}\n`, timeout: 60_000 })

/** Somebody signs in and goes home. */
async function atHome(account: Account, commands: string): Promise<void> {
  const who = `username=${account.login}\npassword=${passwordOf(account)}\ndomain=SCHULE\n`
  await files.write('/var/tmp/who', who, 0o600)
  const { status, stdout, stderr } = await processes.run(
    [
      'smbclient',
      '//dc1.schule.lan/home',
      '--ip-address=10.20.0.3',
      '--authentication-file=/var/tmp/who',
      `--command=${commands}`,
    ],
    { accept: [0, 1], timeout: 60_000 },
  )
  if (status !== 0 || stdout.includes('NT_STATUS'))
    throw new Error(`${account.login} cannot ${commands}: ${stdout}${stderr}`)
}

/** A diary that says whose it is, put there by its owner. */
async function writesDiary(account: Account): Promise<void> {
  await setPassword(account)
  await files.write('/var/tmp/mine', account.mark)
  await atHome(account, 'put /var/tmp/mine diary.txt')
}

async function readsDiary(account: Account): Promise<string | undefined> {
  await files.remove('/var/tmp/read')
  await atHome(account, 'get diary.txt /var/tmp/read')
  return files.read('/var/tmp/read')
}

/** Names and owners of all homes. */
async function homes(): Promise<ReadonlyMap<string, number | undefined>> {
  const names = await files.list('/var/srv/homes')
  const owners = names.map(async (name) => [name, (await files.stat(`/var/srv/homes/${name}`))?.owner] as const)
  return new Map(await Promise.all(owners))
}

const backup = '/var/tmp/yesterday.tar.zst'
const numbersOf = (all: ReadonlyMap<string, Account>): readonly number[] => [...all.values()].map((one) => one.number)

/** Until everything works; an agent that has only just started says what it last knew, so the directory is asked, too. */
const works = (system = box.system) =>
  until(
    async () => {
      const { status } = await system.processes.run(['iserv-ctl', 'box', 'status'], {
        accept: [0, 5],
        timeout: 120_000,
      })
      return status === 0 && (await accounts(system).catch(() => undefined)) !== undefined
    },
    { what: 'the box to work', timeout: 240_000, every: 1000 },
  )

await box.control(['state', 'apply', '-'], { input: exampleTextWithDirectory(), accept: [0, 5], timeout: 300_000 })
await works()

await readIn(yesterday)
const backedUp = await accounts()
const old = [leaver, mover, others[0]].map((person) => accountOf(backedUp, person))
for (const account of old) await writesDiary(account)
await control('directory', 'backup', backup)

await readIn(today)
const lost = await accounts()
const late = newcomers.map((person) => accountOf(lost, person))
for (const account of late) await writesDiary(account)
const homesBefore = await homes()

t.test(
  'restored: who was in the backup is as before, and what the others have put at home still lies there',
  async (t) => {
    t.equal(lost.size, yesterday.length + newcomers.length)
    await control('directory', 'restore', backup, '--yes')
    await works()
    t.strictSame(await accounts(), backedUp)
    for (const account of old) t.equal(await readsDiary(account), account.mark)
    t.strictSame(await homes(), homesBefore)
  },
)

t.test('the plan of what was restored away is out of date, not done already', async (t) => {
  const { stderr } = await box.control(['import', 'apply', '/var/tmp/plan'], { accept: [6] })
  t.match(stderr, 'import plan')
})

t.test('somebody made by hand meanwhile gets neither number nor SID nor home of those who are missing', async (t) => {
  const words = ['account', 'add', 'Ada', 'Zwischendurch', '--role', 'pupil', '--ask', '--json']
  await box.control(words, { input: 'Kreidestaub-4711\n', timeout: 60_000 })
  const made = (await accounts()).get('Ada Zwischendurch')
  t.ok(made !== undefined && !numbersOf(lost).includes(made.number))
  t.notOk([...lost.values()].some(({ sid }) => sid === made?.sid))
})

t.test('today’s files again: the same people with their numbers and files, each once', async (t) => {
  await readIn(today)
  const after = await accounts()
  t.equal(after.size, lost.size + 1)
  for (const [name, account] of backedUp) t.strictSame(after.get(name), account, name)
  const again = newcomers.map((person) => accountOf(after, person))
  t.strictSame(
    again.map(({ login, mark, number }) => ({ login, mark, number })),
    late.map(({ login, mark, number }) => ({ login, mark, number })),
  )
  t.notOk(
    again.some(({ sid }) => [...lost.values()].some((one) => one.sid === sid)),
    'SIDs are new: those of before are nobody’s',
  )
  for (const account of again) {
    await setPassword(account)
    t.equal(await readsDiary(account), account.mark)
  }
  for (const account of old.slice(1)) t.equal(await readsDiary(account), account.mark)
  t.equal(await files.read(`/var/srv/homes/${old[0]?.login}/diary.txt`), old[0]?.mark, 'who has left has lost nothing')

  const all = await homes()
  for (const [name, owner] of homesBefore) t.equal(all.get(name), owner, name)
  t.equal(all.size, homesBefore.size + 1)
  t.equal(new Set(all.values()).size, all.size, 'every home has an owner of its own')
})

t.test('and a second time there is nothing to do', async (t) => {
  t.match(await plan(today), /Nothing to do/)
  t.match((await control('import', 'apply', '/var/tmp/plan')).stdout, /Nothing to do/)
})

const unit = 'iserv-directory-restore.service'
/** Where a backup lies while it may be forgotten, and where once it must be carried out. */
const [prepared, begun] = ['/var/lib/samba.prepared', '/var/lib/samba.restoring']

/** Orders a restore that comes to a halt once everything is stopped, before it begins. */
async function orderAndHold(): Promise<void> {
  await files.makeFolder(`/run/systemd/system/${unit}.d`)
  await files.write(`/run/systemd/system/${unit}.d/hold.conf`, '[Service]\nExecStartPre=/usr/bin/cat /run/hold\n')
  await processes.run(['systemctl', 'daemon-reload'])
  await files.remove('/run/hold')
  await processes.run(['mkfifo', '/run/hold'])
  await processes.run([
    'systemd-run',
    '--collect',
    '--unit=operator',
    'iserv-ctl',
    'directory',
    'restore',
    backup,
    '--yes',
  ])
  const stopped = async (name: string) => ['inactive', 'failed'].includes((await units.status(name)).active)
  await until(
    async () =>
      (await units.status(unit)).sub === 'start-pre' &&
      (await stopped('iserv-agent.service')) &&
      (await stopped('samba-ad-dc.service')),
    { what: 'everything to be stopped', timeout: 120_000, every: 100 },
  )
}

t.test('whoever ordered a restore is killed in the middle: it is finished all the same', async (t) => {
  await orderAndHold()
  await processes.run(['systemctl', 'kill', '--signal=KILL', 'operator'])
  await processes.run(['tee', '/run/hold'], { input: '' })
  await works()
  t.strictSame(await accounts(), backedUp)
  for (const folder of [prepared, begun]) t.equal(await files.stat(folder), undefined)
})

t.test('the power fails: what had not begun is forgotten, what stopped half way is finished', async (t) => {
  const words = ['account', 'add', 'Max', 'Danach', '--role', 'pupil', '--ask', '--json']
  await box.control(words, { input: 'Kreidestaub-4711\n', timeout: 60_000 })
  await orderAndHold()
  const second = await box.powerCut()
  await works(second.system)
  t.equal(await second.system.files.stat(prepared), undefined)
  t.ok((await accounts(second.system)).has('Max Danach'))

  // Where a file should be: the directories are exchanged, then this is in the way.
  const run = (...argv: Argv) => second.system.processes.run(argv, { accept: [0, 5], timeout: 300_000 })
  await run('mv', '/var/srv/.numbers', '/var/srv/.aside')
  await run('mkdir', '/var/srv/.numbers')
  const { status, stderr } = await run('iserv-ctl', 'directory', 'restore', backup, '--yes')
  t.equal(status, 5)
  t.match(stderr, 'The restore stopped half way')
  await until(async () => (await run('iserv-ctl', 'box', 'status')).status === 5, {
    what: 'the agent to be there, and to say that nobody can sign in',
    timeout: 240_000,
    every: 1000,
  })
  await run('rmdir', '/var/srv/.numbers')
  await run('mv', '/var/srv/.aside', '/var/srv/.numbers')
  const third = await second.powerCut()
  await works(third.system)
  t.strictSame(await accounts(third.system), backedUp)
  for (const folder of [prepared, begun]) t.equal(await third.system.files.stat(folder), undefined)
})
