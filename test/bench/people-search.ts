import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { pathPrefix } from '../../agent/contract/wire.ts'
import { searchKey } from '../../agent/model/fold.ts'
import { peopleUnit } from '../../agent/model/directory-tree.ts'
import { startPeopleAgent } from '../support/people-agent.ts'
import { registerSchool } from '../support/registered.ts'
import type { Bounds } from '../support/bench.ts'

const people = 5000
const words = 'mül'
const searches = 2000
const peerSearches = 60

export const bounds: Bounds = { unit: 'ms', must: { ours: 10 }, aim: { ours: 2 } }

/**
 * The 99th percentile of "mül" over 5,000 people, as the platform asks: an operation on its socket, over a connection that
 * stays, until the answer is parsed. The peer asks the directory itself for displayName=*mül*; the limit walks an array of
 * the same keys.
 */
export async function bench() {
  const cleanups: (() => unknown)[] = []
  try {
    return await measured({ teardown: (handler: () => unknown) => cleanups.push(handler) })
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  }
}

async function measured(t: Parameters<typeof startPeopleAgent>[0]) {
  const { box, ledger, registrar, platformSocket } = await startPeopleAgent(t)
  registerSchool(ledger, people)
  console.error(`${ledger.people.list().length} people go into the directory for the peer …`)
  const { refused } = await registrar.bring()
  if (refused.length > 0) throw new Error(`the directory refused ${refused[0]?.name}: ${refused[0]?.why}`)

  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const body = JSON.stringify({ words, limit: 20 })
  const ask = async (): Promise<number> => {
    const answer = Promise.withResolvers<string>()
    const path = `${pathPrefix}account.search`
    request({ socketPath: platformSocket, path, method: 'POST', agent }, (response) => {
      text(response).then(answer.resolve, answer.reject)
    })
      .once('error', answer.reject)
      .end(body)
    const found = JSON.parse(await answer.promise) as { readonly people: readonly unknown[] }
    return found.people.length
  }
  const inProcess = await timed(searches, async () => ledger.people.search(words, 20).length)
  const ours = await timed(searches, ask)

  const { directory } = box.system
  const peer = await timed(peerSearches, async () => {
    const found = await directory.search({
      base: peopleUnit('schule.lan'),
      scope: 'sub',
      filter: `(displayName=*${words}*)`,
      attributes: ['displayName', 'sAMAccountName'],
    })
    return found.length
  })

  const keys = ledger.people.list().map((person) => searchKey(person))
  const limit = await timed(searches, async () => keys.filter((key) => key.includes('mul')).length)
  console.error(`in process ${inProcess} ms, over the socket ${ours} ms, directory ${peer} ms, array ${limit} ms`)
  return { ours, peer, limit }
}

/** Untimed: the agent and the directory of a school have run for days. */
const before = 300

/** The 99th percentile in milliseconds; each time somebody must be found. */
async function timed(rounds: number, act: () => Promise<number>): Promise<number> {
  for (let round = 0; round < Math.min(before, rounds); round += 1) await act()
  const took: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now()
    if ((await act()) === 0) throw new Error(`nobody is called ${words}`)
    took.push(performance.now() - from)
  }
  const ordered = took.toSorted((a, b) => a - b)
  return Number((ordered[Math.floor(rounds * 0.99)] ?? Number.NaN).toFixed(3))
}
