import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { agentSocket, pathPrefix } from '../../agent/contract/wire.ts'
import { exampleState } from '../../cli/lab/example.ts'
import { internet } from '../../cli/lab/provider.ts'
import { startBox, type TestBox } from '../support/box.ts'
import type { Bounds } from '../support/bench.ts'

const locks = 200
const peerLocks = 50
/** Milliseconds between two packets at most, before a lock is tried. */
const densest = 2
const program = join(import.meta.dirname, '../support/lock-stream.ts')
const clock = (): number => Number(process.hrtime.bigint()) / 1e6

export const bounds: Bounds = { unit: 'ms', must: { ours: 15 }, aim: { ours: 3 } }

/**
 * From the command on the agent's socket to the last packet that still arrived, by UDP and by TCP in turn. The peer is
 * what a script does: `nft add element`, a process for each lock.
 */
export async function bench() {
  const cleanups: (() => void | Promise<void>)[] = []
  try {
    return await measured({ teardown: (handler: () => void | Promise<void>) => cleanups.push(handler) })
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  }
}

async function measured(t: { teardown(handler: () => void | Promise<void>): unknown }) {
  const box = await startBox(t)
  await box.apply(await readFile(exampleState, 'utf8'))
  const pc = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
  await pc.dhcp()
  const start = (enter: readonly string[], ...words: readonly string[]): ChildProcess => {
    const [file = '', ...rest] = enter
    const child = spawn(file, [...rest, process.execPath, program, ...words, internet.host], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    t.teardown(() => void child.kill())
    return child
  }
  // Both ends ahead of all others: it is the box that is measured, not how busy this machine is.
  const ahead = ['nice', '-n', '-19'] as const
  const receiver = start([...box.provider.enter, ...ahead], 'receive')
  start([...pc.enter, ...ahead], 'send')
  const last = asker(receiver)
  const socket = connect(join(box.root, agentSocket))
  await once(socket, 'connect')
  // Each request listens for its end, too.
  socket.setMaxListeners(2 * locks + 10)
  t.teardown(() => void socket.destroy())

  const ours: number[] = []
  for (let round = 0; round < locks; round += 1) {
    const protocol = round % 2 === 0 ? 'udp' : 'tcp'
    await flowing(last, protocol)
    const began = clock()
    await post(socket, 'room.lock', { rooms: ['r214'] })
    ours.push(Math.max(0, (await stopped(last))[protocol] - began))
    await post(socket, 'room.unlock', { rooms: ['r214'] })
  }
  const peer = await byProgram(box, last)
  for (const [name, all] of [
    ['ours', ours],
    ['nft', peer],
  ] as const) {
    console.error(
      `${name}: ${all.length} locks, p50 ${quantile(all, 0.5)} ms, p99 ${quantile(all, 0.99)} ms, worst ${quantile(all, 1)} ms`,
    )
  }
  return { ours: quantile(ours, 0.99), peer: quantile(peer, 0.99), limit: null }
}

async function byProgram(box: TestBox, last: Asker): Promise<readonly number[]> {
  const rooms = JSON.parse((await box.system.files.read('/var/lib/iserv/current/firewall/rooms.json')) ?? '') as {
    r214: number
  }
  const nft = (verb: string) => {
    const [file, ...rest] = box.enter
    const words = ['nft', verb, 'element', 'inet', 'iserv', 'locked', `{ ${rooms.r214} }`]
    const { status, stderr } = spawnSync(file, [...rest, ...words], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  // The agent would take away a lock it does not know.
  await box.system.processes.run([
    'systemctl',
    'stop',
    'iserv-agent.socket',
    'iserv-agent-platform.socket',
    'iserv-agent.service',
  ])
  const times: number[] = []
  for (let round = 0; round < peerLocks; round += 1) {
    const protocol = round % 2 === 0 ? 'udp' : 'tcp'
    await flowing(last, protocol)
    const began = clock()
    nft('add')
    times.push(Math.max(0, (await stopped(last))[protocol] - began))
    nft('delete')
  }
  return times
}

interface Last {
  readonly udp: number
  readonly tcp: number
  readonly now: number
}
type Asker = () => Promise<Last>

function asker(receiver: ChildProcess): Asker {
  if (receiver.stdin === null || receiver.stdout === null) throw new Error('the receiver has no pipes')
  const { stdin } = receiver
  const lines = createInterface(receiver.stdout)[Symbol.asyncIterator]()
  return async () => {
    stdin.write('?\n')
    const { value } = (await lines.next()) as { value: string }
    return JSON.parse(value) as Last
  }
}

/** A stream so dense that its end tells the lock's moment; on a busy machine that may take a while. */
async function flowing(last: Asker, protocol: 'udp' | 'tcp'): Promise<void> {
  for (;;) {
    const told = await last()
    if (told.now - told[protocol] < densest) return
    await idle(2)
  }
}

/** The last packets once nothing has come for a hundred times the distance of two. */
async function stopped(last: Asker): Promise<Last> {
  let now = await last()
  while (clock() - Math.max(now.udp, now.tcp) < 20) {
    await idle(5)
    now = await last()
  }
  return now
}

const idle = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** One request on a connection that is kept, as a platform would. */
async function post(socket: Socket, operation: string, request: object): Promise<void> {
  const body = JSON.stringify(request)
  const head = [`POST ${pathPrefix}${operation} HTTP/1.1`, 'host: box', `content-length: ${Buffer.byteLength(body)}`]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  const [answer] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [Buffer | boolean]
  if (!answer.toString().startsWith('HTTP/1.1 200')) throw new Error(answer.toString())
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3))
}
