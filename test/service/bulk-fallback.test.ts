import { join } from 'node:path'
import t, { type Test as Tap } from 'tap'
import { project, type ProjectProgress } from '../../agent/accounts/bulk/project.ts'
import { ensureRoleGroups } from '../../agent/accounts/roles.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import type { Ledger } from '../../agent/engine/ledger.ts'
import type { Person, PersonId } from '../../agent/model/person.ts'
import type { System } from '../../agent/system/system.ts'
import { startDirectory } from '../support/directory.ts'
import { ledgerUnder, somebody } from '../support/register.ts'
import { byKerberos, byLdap, byNtlm, readyToSignIn } from '../support/signing-in.ts'
import { workstationOn } from '../support/workstation.ts'

/** The fast way into the directory where it ends before its work does: everybody comes, once, whatever fails. */

t.setTimeout(600_000)

const program = '/usr/libexec/iserv/directory-bulk'
const day = 86_400_000

const box = await startDirectory(t)
const { school } = box
const seal = await openSeal(box.system)
const workstation = await workstationOn(await box.device('r214-pc07', 7))
await readyToSignIn(workstation, (await box.system.files.read('/var/lib/iserv/certificates/ca.pem')) ?? '')
const { stdout } = await box.system.processes.run(['python3', '-c', 'import samba; print(samba.version)'])
const version = stdout.trim()

const numbers = { next: 100_001 }

/** A register that knows nothing of Samba yet. */
async function freshLedger(t: Parameters<typeof ledgerUnder>[0], name: string): Promise<Ledger> {
  const ledger = ledgerUnder(t, join(folder, name))
  ensureRoleGroups(ledger, 'de')
  await project({ system: box.system, ledger, state: school })
  return ledger
}
const folder = t.testdir()

const first = (login: string): string => `Anfang-${login}-9`

function enrol(ledger: Ledger, prefix: string, count: number): readonly Person[] {
  return ledger.transaction(() =>
    Array.from({ length: count }, (_, index) => {
      const person = ledger.people.put(somebody(`${prefix}.${index}`, numbers.next++))
      ledger.firstPasswords.put(person.id, seal.close(first(person.login), person.id), 0)
      return person
    }),
  )
}

interface World {
  readonly system: System
  readonly said: string[]
  /** Starts of the program. */
  readonly starts: string[]
}

/** The same world with another program, by text that is replaced in ours; and with another time. */
async function worldWith(changes: readonly (readonly [from: string, to: string])[], later = 0): Promise<World> {
  const text = (await box.system.files.read(program)) ?? ''
  const spoiled = changes.reduce((whole, [from, to]) => {
    if (!whole.includes(from)) throw new TypeError(`the program has no ${from}`)
    return whole.replace(from, to)
  }, text)
  const path = `/run/${crypto.randomUUID()}`
  await box.system.files.write(path, spoiled, 0o755)
  return worldOf(path, later)
}

function worldOf(path: string, later = 0): World {
  const { system } = box
  const said: string[] = []
  const starts: string[] = []
  return {
    said,
    starts,
    system: {
      ...system,
      journal: { write: (_level, message) => void said.push(message) },
      clock: { ...system.clock, now: () => system.clock.now() + later },
      processes: {
        run(argv, options) {
          if (argv[0] !== program) return system.processes.run(argv, options)
          starts.push(path)
          return system.processes.run([path], options)
        },
      },
    },
  }
}

const nothingSaid: readonly string[] = []
const bring = (
  { system }: Pick<World, 'system'>,
  ledger: Ledger,
  progress: (progress: ProjectProgress) => void = () => undefined,
) => project({ system, ledger, state: school }, progress)

/** Everybody is there once, noted, and gets in. */
async function allThere(t: Tap, ledger: Ledger, people: readonly Person[]): Promise<void> {
  t.strictSame(ledger.people.pending(1), [])
  const found = await box.system.directory.search({
    base: 'OU=People,OU=School,DC=schule,DC=lan',
    scope: 'one',
    filter: '(objectClass=user)',
    attributes: ['sAMAccountName', 'adminDescription', 'memberOf'],
  })
  const objects = (id: PersonId) =>
    found.filter(({ attributes }) => attributes['adminDescription']?.[0] === `iserv:${id}`)
  t.strictSame(
    people.filter(({ id }) => objects(id).length !== 1).map(({ login }) => login),
    [],
    'one object for each',
  )
  t.strictSame(
    people.filter(({ id }) => objects(id)[0]?.attributes['memberOf']?.length !== 1).map(({ login }) => login),
    [],
    'each in the group of the role',
  )
  for (const { login } of [people.at(0), people.at(-1)].filter((one) => one !== undefined)) {
    for (const way of [byKerberos, byNtlm, byLdap]) t.equal(await way(workstation, login, first(login)), true, login)
  }
}

const plainly = /cannot be made the fast way/

t.test('a Samba that keeps other keys than ours is learned at once, and asked again a day later', async (t) => {
  const ledger = await freshLedger(t, 'keys')
  const people = enrol(ledger, 'keys', 10)
  const doubtful = await worldWith([['bytes.fromhex(keys["aes256"])', 'bytes(32)']])
  t.strictSame((await bring(doubtful, ledger)).refused, [])
  t.match(doubtful.said, [/cannot be made the fast way \(.*other keys/s])
  t.match(ledger.sambaTrials.get(version), { works: false })
  await allThere(t, ledger, people)

  const mended = worldOf(program)
  const others = enrol(ledger, 'keys2', 10)
  await bring(mended, ledger)
  t.match(mended.said, [plainly], 'not before a day is over')
  const later = worldOf(program, day)
  const more = enrol(ledger, 'keys3', 10)
  await bring(later, ledger)
  t.strictSame(later.said, nothingSaid)
  t.match(ledger.sambaTrials.get(version), { works: true, why: '' })
  await allThere(t, ledger, [...people, ...others, ...more])
})

/** A sign-in of the trial fails; the first is of Samba's own account, the second of ours, and so on. */
const failing = (which: string) =>
  [
    'def sign_in(params, login, password):',
    `TRIES = []\ndef sign_in(params, login, password):\n    TRIES.append(1)\n    if len(TRIES) ${which}:\n        raise RuntimeError("no KDC")`,
  ] as const

t.test('one sign-in that fails in the trial proves nothing', async (t) => {
  const ledger = await freshLedger(t, 'once')
  const world = await worldWith([failing('== 2')])
  const people = enrol(ledger, 'once', 10)
  await bring(world, ledger)
  t.strictSame(world.said, nothingSaid)
  t.match(ledger.sambaTrials.get(version), { works: true })
  await allThere(t, ledger, people)
})

t.test('where nobody signs in any more, nothing is learned', async (t) => {
  const ledger = await freshLedger(t, 'never')
  const world = await worldWith([failing('>= 2')])
  const people = enrol(ledger, 'never', 10)
  await bring(world, ledger)
  t.match(world.said, [/no KDC/])
  t.equal(ledger.sambaTrials.get(version), undefined)
  await allThere(t, ledger, people)
})

t.test('ours alone that fails again and again is learned, until the next day', async (t) => {
  const ledger = await freshLedger(t, 'again')
  await bring(await worldWith([failing('% 2 == 0')]), ledger)
  const people = enrol(ledger, 'again', 10)
  await bring(await worldWith([failing('% 2 == 0')]), ledger)
  t.match(ledger.sambaTrials.get(version), { works: false, why: /no KDC/ })
  await allThere(t, ledger, people)
})

t.test('a program that is missing, or does not start, or says nothing, costs only time', async (t) => {
  const ledger = await freshLedger(t, 'start')
  const broken = await worldWith([['import ldb\n', 'import ldb, no_such_module\n']])
  const silent = await worldWith([['    main()\n', '    pass\n']])
  for (const [index, world] of [worldOf('/run/no-such-program'), broken, silent].entries()) {
    const people = enrol(ledger, `start${index}`, 10)
    t.strictSame((await bring(world, ledger)).refused, [])
    t.match(world.said, [plainly])
    t.equal(ledger.sambaTrials.get(version), undefined)
    await allThere(t, ledger, people)
  }
})

/** What happens to one account of a batch, in the midst of it. */
const at = (login: string, act: string) =>
  [
    '        message = ldb.Message(ldb.Dn(self.samdb, request["dn"]))\n        for name',
    `        if wanted["sAMAccountName"] == ["${login}"]:\n            ${act}\n        message = ldb.Message(ldb.Dn(self.samdb, request["dn"]))\n        for name`,
  ] as const

t.test('a record over which the program stumbles goes the plain way, and only that', async (t) => {
  const ledger = await freshLedger(t, 'stumble')
  const people = enrol(ledger, 'stumble', 120)
  const world = await worldWith([at('stumble.60', 'raise ValueError(request["keys"]["password"])')])
  t.strictSame((await bring(world, ledger)).refused, [])
  t.match(world.said, [/with 1 of 120 left \(ValueError\)/])
  t.notMatch(world.said.join(), /Anfang/, 'no password in the journal')
  await allThere(t, ledger, people)
})

t.test('whoever has to wait for the lock longer than a transaction lasts still commits', async (t) => {
  const ledger = await freshLedger(t, 'waits')
  const people = enrol(ledger, 'waits', 20)
  const start = 'self.settle(self.samdb.transaction_start)\n'
  const world = await worldWith([[start, `time.sleep(LONGEST * 2); ${start}`]])
  t.strictSame((await bring(world, ledger)).refused, [])
  t.strictSame(world.said, [], 'all of it went the fast way')
  await allThere(t, ledger, people)
})

t.test('a record that kills the program does not block those after it', async (t) => {
  const ledger = await freshLedger(t, 'crash')
  const people = enrol(ledger, 'crash', 120)
  const world = await worldWith([at('crash.110', 'os.abort()')])
  t.strictSame((await bring(world, ledger)).refused, [])
  t.match(world.said.at(0), /The fast way ended with \d+ of 120 left .*SIGABRT/)
  t.match(world.said.at(-1), plainly, 'what stands before it in a transaction goes the plain way, too')
  t.match(ledger.sambaTrials.get(version), { works: true }, 'Samba is not to blame')
  await allThere(t, ledger, people)
  const others = enrol(ledger, 'crash2', 10)
  const next = worldOf(program)
  await bring(next, ledger)
  t.strictSame([next.said, next.starts], [[], [program]], 'the next batch goes the fast way again')
  await allThere(t, ledger, others)
})

t.test('Samba dies in the midst of a batch', async (t) => {
  const ledger = await freshLedger(t, 'dead')
  await bring(worldOf(program), ledger)
  const warm = enrol(ledger, 'warm', 10)
  await bring(worldOf(program), ledger)
  const people = enrol(ledger, 'dead', 120)
  const { system } = worldOf(program)
  const killed = { after: 0 }
  const deadly: System = {
    ...system,
    processes: {
      run(argv, options = {}) {
        const { input } = options
        if (argv[0] !== program || input === undefined || typeof input === 'string') {
          return system.processes.run(argv, options)
        }
        const lines = async function* (): AsyncGenerator<string> {
          let sent = 0
          for await (const line of input) {
            if (sent === 60 && killed.after === 0) {
              await box.system.processes.run(['systemctl', 'kill', '--signal=KILL', 'samba-ad-dc.service'])
              killed.after = sent
            }
            sent += 1
            yield line
          }
        }
        return system.processes.run(argv, { ...options, input: lines() })
      },
    },
  }
  const outcome = await bring({ system: deadly }, ledger).then(
    ({ refused }) => refused,
    (error: unknown) => error,
  )
  t.equal(killed.after, 60)
  t.match(outcome, { code: 'DIRECTORY_UNREACHABLE' }, 'and says so: the groups of the roles wait')
  t.ok(ledger.people.pending(1).length > 0)
  const sids = new Map(ledger.people.list().map(({ login, sid }) => [login, sid]))
  await box.engine.tend()
  t.strictSame((await bring(worldOf(program), ledger)).refused, [])
  for (const { login, sid } of ledger.people.list())
    t.equal(sids.get(login) ?? sid, sid, `${login} was never made anew`)
  await allThere(t, ledger, [...warm, ...people])
})
