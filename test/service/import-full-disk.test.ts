import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import { directorySchool } from '../support/directory.ts'
import { type Awake, finished, startLives } from '../support/import-lives.ts'
import { planOf } from '../support/people-readings.ts'
import { readingOf, recordOf } from '../support/people-records.ts'
import { fillBytes, fillFiles, makeRoom, smallDisk } from '../support/small-disk.ts'

/** The disk is full when an import begins, or fills up under it: it is said, nothing is half done, and it goes on once there is room. */

t.setTimeout(600_000)

const records = mkdtempSync(join(tmpdir(), 'full-'))
t.teardown(() => rmSync(records, { recursive: true }))
await smallDisk(t, records, 'size=16m')
const { system, seal, root, wake, accounts } = await startLives(t, join(records, 'ledger.sqlite'), (state) => state)
const homes = '/var/srv'
await smallDisk(t, homes, 'size=64m,nr_inodes=400', system.processes)
const agent = wake()
t.teardown(() => agent.die())

const next = { number: 0 }
/** Four pupils more, in a class of their own. */
function fourMore() {
  next.number += 1
  const people = ['a', 'b', 'c', 'd'].map((letter, index) =>
    recordOf(`${letter.repeat(3)} ${String.fromCodePoint(101 + (next.number % 22)).repeat(4)}`, {
      id: `${next.number}${letter}`,
      birth: `${1980 + next.number}-03-0${index + 1}`,
      classes: [`${next.number}x`],
    }),
  )
  const readings = [readingOf(people, { covers: [] })]
  return sealPlan(planOf(readings, agent.ledger.register.snapshot(), { state: directorySchool() }).plan, seal)
}

/** What stops the import, or null when it came to its end without being stopped. */
async function trouble({ imports }: Awake): Promise<string | null> {
  let seen = imports.status()
  while (seen.import?.ended === null && seen.import.problem === null) seen = await imports.news(seen.revision)
  return seen.import?.ended === null ? seen.import.problem : null
}

async function whole(t: Test, when: string): Promise<void> {
  t.match(await finished(agent), { state: 'done', problem: null, refused: [] }, when)
  const logins = agent.ledger.people.list().map(({ login }) => String(login))
  t.strictSame([...(await accounts()).keys()].toSorted(), logins.toSorted(), when)
  t.strictSame((await system.files.list(`${homes}/homes`)).toSorted(), logins.toSorted(), when)
  t.strictSame([agent.ledger.people.pending(1), agent.ledger.groups.pending(1)], [[], []], when)
}

t.test('the disk of the ledger', async (t) => {
  await agent.imports.apply(fourMore(), 'anna', false)
  await whole(t, 'with room')
  const said = { refused: 0, stopped: 0 }
  // From not one block to enough: it is full before the plan is written down, and at later and later notes of what is done.
  for (let blocks = 0; ; blocks += blocks < 8 ? 8 : 16) {
    const plan = fourMore()
    const before = agent.ledger.people.list().length
    fillBytes(records, blocks * 4096)
    const error = await agent.imports.apply(plan, 'anna', false).then(
      () => undefined,
      (found: unknown) => found,
    )
    if (error === undefined) {
      const problem = await trouble(agent)
      makeRoom(records)
      if (problem !== null) {
        said.stopped += 1
        t.match(problem, /No space left to write the ledger/, `${blocks} blocks`)
      }
      await whole(t, `${blocks} blocks`)
      if (problem === null) break
      continue
    }
    said.refused += 1
    t.match(error, { code: 'DISK_FULL', hint: /df -h/ }, `${blocks} blocks`)
    t.equal(agent.ledger.people.list().length, before, 'nothing was begun')
    makeRoom(records)
    await agent.imports.apply(plan, 'anna', false)
    await whole(t, `with room again, after ${blocks} blocks`)
  }
  t.ok(said.refused > 0, `refused ${said.refused} times`)
  t.comment(JSON.stringify(said))
})

t.test('the disk of the homes', async (t) => {
  fillFiles(join(root, homes), 0)
  const plan = fourMore()
  const before = agent.ledger.people.list().length
  await t.rejects(agent.imports.apply(plan, 'anna', false), { code: 'DISK_FULL', hint: /df -h/ })
  t.equal(agent.ledger.people.list().length, before, 'nothing was begun where not even their numbers can be noted')
  makeRoom(join(root, homes))
  await agent.imports.apply(plan, 'anna', false)
  await whole(t, 'with room again')

  // Room for the numbers, and for some of the folders.
  for (const free of [1, 4, 7]) {
    fillFiles(join(root, homes), free)
    await agent.imports.apply(fourMore(), 'anna', false)
    t.match(await trouble(agent), /No space left/, `room for ${free} folders`)
    t.match(agent.imports.status().import, { state: 'running', stage: 'folders' })
    makeRoom(join(root, homes))
    await whole(t, `with room again, after ${free}`)
  }
})
