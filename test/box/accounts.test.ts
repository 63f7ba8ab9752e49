import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { exampleTextWithDirectory } from '../support/school.ts'

/** Accounts and groups at the command line of a whole box. */

t.setTimeout(900_000)

const box = await startBox(t)
// A busy machine may need a second look until the new directory answers.
await box.control(['state', 'apply', '-'], { input: exampleTextWithDirectory(), accept: [0, 5], timeout: 300_000 })
await until(async () => (await box.control(['box', 'status'], { accept: [0, 5] })).status === 0, {
  what: 'the box to work',
  timeout: 240_000,
  every: 1000,
})

const ask = async (words: readonly string[], input?: string) => {
  const options = { accept: [0, 2, 3, 5, 6], timeout: 120_000, ...(input === undefined ? {} : { input }) }
  return box.control(words, options)
}

const signsIn = async (login: string, password: string): Promise<boolean> => {
  const { status } = await box.system.processes.run(
    [
      'smbclient',
      '//dc1.schule.lan/netlogon',
      '--user',
      `SCHULE\\${login}`,
      '--ip-address',
      '10.20.0.3',
      '--command',
      'ls',
    ],
    { input: `${password}\n`, accept: [0, 1] },
  )
  return status === 0
}

const password = 'Kreidestaub-77'

t.test('somebody is made, found, renamed, locked, sent away and brought back', async (t) => {
  const dry = await ask(['account', 'add', 'Jörg', 'Müller', '--role', 'teacher', '--dry-run'])
  t.match(dry.stdout, /would be joerg\.mueller/)
  const kept = await ask(['account', 'add', 'Jörg', 'Müller', '--role', 'teacher'])
  t.match(kept.stderr, /terminal only/, 'a made password is not written to a pipe')
  const weak = await ask(['account', 'add', 'Jörg', 'Müller', '--role', 'teacher', '--ask'], 'kurz\n')
  t.equal(weak.status, 3)
  t.match(weak.stderr, /teachers need at least 10/)
  t.notMatch(weak.stderr, /kurz/, 'no message holds a password')

  const added = await ask(['account', 'add', 'Jörg', 'Müller', '--role', 'teacher', '--ask'], `${password}\n`)
  t.match(added.stdout, /signs in as joerg\.mueller/, added.stderr)
  t.notMatch(added.stdout, /directory does not have/)
  t.ok(await signsIn('joerg.mueller', password))
  await until(async () => (await box.system.files.stat('/var/srv/homes/joerg.mueller'))?.owner === 100_000, {
    what: 'a home of his own',
  })
  t.match((await ask(['account', 'list', '--search', 'mul'])).stdout, /joerg\.mueller/)

  t.equal((await ask(['group', 'add', '5a', '--kind', 'class'])).status, 0)
  t.match((await ask(['group', 'join', 'klasse-5a', 'joerg.mueller', '--leader'])).stdout, /has 1 member$/m)
  t.match((await ask(['course', 'add', 'Robotik', '--teacher', 'joerg.mueller'])).stdout, /kurs-robotik/)
  t.match((await ask(['course', 'list'])).stdout, /joerg\.mueller/)

  t.equal((await ask(['account', 'rename', 'joerg.mueller', 'j.mueller'])).status, 0)
  t.ok(await signsIn('j.mueller', password))
  t.match((await ask(['account', 'show', 'joerg.mueller'])).stderr, /now called j\.mueller/)
  t.match((await ask(['group', 'show', 'klasse-5a'])).stdout, /j\.mueller .* leads/)

  await ask(['account', 'lock', 'j.mueller'])
  t.notOk(await signsIn('j.mueller', password))
  await ask(['account', 'unlock', 'j.mueller'])
  t.equal((await ask(['account', 'password', 'j.mueller'], 'Sonnenblume-4711\n')).status, 0)
  t.ok(await signsIn('j.mueller', 'Sonnenblume-4711'))

  t.match((await ask(['account', 'remove', 'j.mueller', '--dry-run'])).stdout, /tolerated until .* then disabled/)
  t.match((await ask(['account', 'remove', 'j.mueller'])).stdout, /tolerated/)
  t.match((await ask(['account', 'restore', 'j.mueller'])).stdout, /j\.mueller: active/)
  t.match((await ask(['account', 'edit', 'j.mueller', '--mail', 'j@schule.lan'])).stdout, /Jörg Müller, teacher/)
  t.equal((await ask(['account', 'edit', 'j.mueller'])).status, 2, 'nothing is no change')
  t.equal((await ask(['group', 'remove', 'klasse-5a'])).status, 0)
})

t.test('what the directory does not have when the agent is killed, it has when both are back', async (t) => {
  await box.system.units.stop('samba-ad-dc.service')
  const locked = await ask(['account', 'lock', 'j.mueller'])
  t.match(locked.stdout, /j\.mueller: locked/)
  await box.system.processes.run(['systemctl', 'kill', '--signal=SIGKILL', 'iserv-agent.service'])
  await until(async () => / is up to date/.test((await ask(['account', 'show', 'j.mueller'])).stdout), {
    what: 'the directory to have the lock',
    timeout: 180_000,
    every: 1000,
  })
  t.notOk(await signsIn('j.mueller', 'Sonnenblume-4711'))
  t.match((await ask(['account', 'unlock', 'j.mueller'])).stdout, /not locked/)
  t.ok(await signsIn('j.mueller', 'Sonnenblume-4711'))
})

t.test('no password is in any log, file or list of processes', async (t) => {
  for (const secret of [password, 'Sonnenblume-4711']) {
    const { stdout: journal } = await box.system.processes.run(['journalctl', '--no-pager', '--output=cat'])
    t.notOk(journal.includes(secret), 'the journal')
    const found = await box.system.processes.run(
      [
        'grep',
        '--recursive',
        '--files-with-matches',
        '--text',
        '--devices=skip',
        secret,
        '/var/lib/iserv',
        '/var/log',
        '/run',
        '/var/tmp',
      ],
      { accept: [0, 1, 2], timeout: 120_000 },
    )
    t.equal(found.stdout.trim(), '', 'files')
  }
})
