import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openSeal } from '../../agent/accounts/seal.ts'
import { agentAt } from '../../agent/contract/client.ts'
import { importApply, ImportStatus, importUndo } from '../../agent/contract/import-job.ts'
import { dataFolder } from '../../agent/engine/folders.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import type { SealedPlan } from '../../agent/model/import-plan.ts'
import { parsePlan } from '../../agent/model/plan-text.ts'
import { localSystem } from '../../agent/system/local.ts'
import { agentReady } from '../../cli/lab/box.ts'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import type { Container } from '../support/container.ts'
import { generatedPeople, nextYear } from '../support/people.ts'
import { iservPupils, schildClasses, schildPupils, schildTeachers } from '../support/people-files.ts'
import { exampleTextWithDirectory } from '../support/school.ts'

/** The whole walk of a school on the booted box: files, plan, accounts; with the agent killed and the power cut in the middle. */

t.setTimeout(900_000)

let box: Pick<Container, 'enter' | 'group' | 'leader' | 'root' | 'system' | 'powerCut'> = await startBox(t)
const host = localSystem()
const control = (...words: string[]) => box.system.processes.run(['iserv-ctl', ...words], { timeout: 300_000 })
const agent = () => agentAt({ socket: `${box.root}/run/iserv/agent.sock`, by: 'test' })

const thisYear = generatedPeople({ size: 400 })
const following = nextYear(thisYear)
const folder = '/var/tmp'

async function planned(school: typeof thisYear, ...words: string[]): Promise<SealedPlan> {
  await box.system.files.write(`${folder}/pupils.csv`, schildPupils(school))
  await box.system.files.write(`${folder}/teachers.csv`, schildTeachers(school))
  await box.system.files.write(`${folder}/classes.dat`, schildClasses(thisYear))
  const files = ['pupils.csv', 'teachers.csv', ...(school === thisYear ? [] : ['classes.dat'])]
  await control(
    'import',
    'plan',
    ...files.map((file) => join(folder, file)),
    '--source',
    'schild',
    '--out',
    `${folder}/plan`,
    ...words,
  )
  return parsePlan((await box.system.files.read(`${folder}/plan`)) ?? '', 'plan')
}

const accounts = async (): Promise<number> =>
  (
    await box.system.directory.search({
      base: 'OU=People,OU=School,DC=schule,DC=lan',
      scope: 'one',
      filter: '(objectClass=user)',
      attributes: ['cn'],
    })
  ).length

async function followed(): Promise<ImportStatus> {
  const { stdout } = await control('import', 'status', '--follow', '--json')
  return ImportStatus.parse((JSON.parse(stdout) as { import: unknown }).import)
}

/** Command lines of everything that runs on this machine, seen while something happens. */
async function commandLinesDuring(act: () => Promise<unknown>): Promise<string> {
  const seen = new Set<string>()
  const ended = { yes: false }
  const watching = (async () => {
    while (!ended.yes) {
      for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        seen.add(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
      }
    }
  })()
  await act()
  ended.yes = true
  await watching
  return [...seen].join('\n')
}

/** First passwords as the letters would show them, from a copy of the box's own files. */
async function firstPasswords(): Promise<readonly string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'ledger-'))
  try {
    for (const suffix of ['', '-wal']) {
      await cp(join(box.root, dataFolder, `ledger.sqlite${suffix}`), join(copy, `ledger.sqlite${suffix}`))
    }
    const seal = await openSeal(box.system)
    const { ledger } = openLedger(join(copy, 'ledger.sqlite'), 0)
    const people = ledger.people.list().map(({ id }) => id)
    const opened = ledger.firstPasswords.list(people).map(({ sealed, person }) => seal.open(sealed, person) ?? '')
    ledger.close()
    return opened
  } finally {
    await rm(copy, { recursive: true })
  }
}

async function nowhere(t: Test, passwords: readonly string[]): Promise<void> {
  const { stdout } = await box.system.processes.run(
    [
      'grep',
      '--recursive',
      '--files-with-matches',
      '--text',
      '--fixed-strings',
      '--file=-',
      '--devices=skip',
      '/var',
      '/run',
      '/etc',
      '/tmp',
    ],
    { input: `${passwords.join('\n')}\n`, accept: [0, 1, 2], timeout: 120_000 },
  )
  t.equal(stdout, '', 'no file holds one')
  const journal = await box.system.processes.run(['journalctl', '--boot', '--output=cat', '--all'])
  t.notOk(
    passwords.some((password) => journal.stdout.includes(password)),
    'nor the journal',
  )
}

t.test('everybody of two files gets an account, a class and a home', async (t) => {
  await agentReady(box, host)
  await box.system.files.write(`${folder}/school.yaml`, exampleTextWithDirectory())
  await control('state', 'apply', `${folder}/school.yaml`)
  await until(async () => (await box.system.units.status('samba-ad-dc.service')).active === 'active', {
    what: 'the domain controller',
    timeout: 120_000,
  })
  await planned(thisYear)
  const seen = await commandLinesDuring(() => control('import', 'apply', `${folder}/plan`))
  const status = await followed()
  t.match(status, { state: 'done', problem: null, refused: [], counts: { new: 400 } })
  t.equal(await accounts(), 400)
  t.equal((await box.system.files.list('/var/srv/homes')).length, 400)
  const { stdout } = await box.system.processes.run(['journalctl', '--boot', '--unit=iserv-agent', '--output=cat'])
  t.notMatch(stdout, /cannot be made the fast way/)

  const passwords = await firstPasswords()
  t.equal(passwords.filter((password) => password.length >= 8).length, 400)
  t.match(seen, /directory-bulk/, 'the program was seen')
  t.notOk(
    passwords.some((password) => seen.includes(password)),
    'no command line holds one',
  )
  await nowhere(t, passwords)
})

t.test('the same files a second time have nothing to say', async (t) => {
  const plan = await planned(thisYear)
  t.strictSame([plan.people, plan.groups, plan.memberships], [[], [], []])
  t.match((await control('import', 'apply', `${folder}/plan`)).stdout, /Nothing to do/)
})

t.test('the agent is killed while a new year is being written, and goes on by itself', async (t) => {
  const plan = await planned(following.school, '--allow-leaving', '400', '--rename', 'proposed')
  const { import: begun } = await agent().call(importApply, { plan })
  t.match(begun, { state: 'running' })
  await box.system.processes.run(['systemctl', 'kill', '--signal=KILL', 'iserv-agent.service'])
  await agentReady(box, host)
  t.match(await followed(), { number: 2, state: 'done', problem: null, refused: [] })
  const active = plan.people.filter(({ kind }) => kind === 'new').length + 400
  t.equal(await accounts(), active)
})

t.test('the power fails while it is taken back, and the box goes on by itself', async (t) => {
  t.match(await agent().call(importUndo, {}), { import: { state: 'undoing' } })
  box = await box.powerCut()
  await agentReady(box, host)
  t.match(await followed(), { number: 2, state: 'undone', refused: [] })
  t.equal(await accounts(), 400)
  await nowhere(t, await firstPasswords())
})

t.test('a password that a file wishes stands nowhere either, once the file is gone', async (t) => {
  const wished = 'zebu-kamu-99'
  const [somebody] = thisYear.people.filter(({ role, birth }) => role === 'pupil' && birth !== undefined)
  t.ok(somebody)
  if (somebody === undefined) return
  const guest = { ...somebody, id: 'gast-1', given: 'Zora', surname: 'Wunschkind', classes: ['99z'], courses: [] }
  const list = iservPupils({ ...thisYear, people: [guest] }).replace(
    /^(?<row>.*Wunschkind.*?);;;/m,
    `$<row>;;${wished};`,
  )
  t.match(list, wished)
  await box.system.files.write(`${folder}/list.csv`, list)
  await control('import', 'plan', `${folder}/list.csv`, '--source', 'liste', '--out', `${folder}/plan`)
  const seen = await commandLinesDuring(async () => {
    await control('import', 'apply', `${folder}/plan`)
    t.match(await followed(), { state: 'done', refused: [], counts: { new: 1 } })
  })
  t.notOk(seen.includes(wished), 'no command line holds it')
  t.ok((await firstPasswords()).includes(wished), 'it was taken')
  await box.system.files.remove(`${folder}/list.csv`)
  await nowhere(t, [wished])
})
