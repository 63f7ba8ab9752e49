import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { z } from 'zod'
import { agentAt } from '../../agent/contract/client.ts'
import { defineOperation } from '../../agent/contract/operation.ts'
import { stateHistory } from '../../agent/contract/state.ts'
import { BoxError } from '../../agent/errors.ts'
import { defineHandler, type Handler } from '../../agent/sockets/handler.ts'
import { handlers } from '../../agent/sockets/handlers/index.ts'
import { serveSocket } from '../../agent/sockets/server.ts'
import { localSystem } from '../../agent/system/local.ts'
import { startAgent } from '../support/engine.ts'

const greet = defineOperation({
  name: 'test.greet',
  audience: ['root', 'platform'],
  summary: 'Greets',
  request: z.strictObject({ name: z.string().max(9_000_000), times: z.int().default(1) }),
  response: z.strictObject({ text: z.string(), by: z.string() }),
})
const secret = defineOperation({ ...greet, name: 'test.secret', audience: ['root'] })

const refusal = new BoxError('ROOM_UNKNOWN', 'There is no room r999', {
  hint: 'iserv-ctl room list',
  cause: new Error('looked everywhere'),
})

const answers: readonly Handler[] = [
  defineHandler(greet, ({ name, times }, { caller }) => {
    if (name === 'r999') throw refusal
    if (name === 'bug') throw new TypeError('undefined is not a room')
    return { text: `${name.slice(0, 9)} `.repeat(times), by: `${caller.by} as ${caller.audience}` }
  }),
  defineHandler(secret, () => ({ text: 'for root', by: '' })),
]

async function serve(t: Test, audience: 'root' | 'platform', list: readonly Handler[]) {
  // A socket's path has room for 107 characters, which a folder of tap's would fill.
  const root = mkdtempSync(join(tmpdir(), 'agent-'))
  const said: string[] = []
  const journal = { write: (_level: string, words: string) => void said.push(words) }
  const system = { ...localSystem({ root }), journal }
  const { engine, ledger, registrar, imports } = await startAgent(root, system, [])
  const path = join(root, 'agent.sock')
  const deps = { system, ledger, engine, registrar, imports, version: '0.0.0' }
  const socket = await serveSocket({ at: { path }, audience, handlers: list, deps })
  t.teardown(async () => {
    await socket.close()
    ledger.close()
    rmSync(root, { recursive: true })
  })
  return { path, said, socket, agent: agentAt({ socket: path, by: 'anna' }) }
}

/** What somebody sends who does not use our client. */
function post(
  socketPath: string,
  path: string,
  body: string,
  method = 'POST',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path, method, agent: false }, (response) => {
      response
        .setEncoding('utf8')
        .toArray()
        .then((parts) => resolve({ status: response.statusCode ?? 0, text: parts.join('') }), reject)
    })
      .on('error', reject)
      .end(body)
  })
}

t.test('a question is answered, with defaults filled in', async (t) => {
  const { agent } = await serve(t, 'root', answers)
  t.strictSame(await agent.call(greet, { name: 'Anna' }), { text: 'Anna ', by: 'anna as root' })
  t.strictSame(await agent.call(greet, { name: 'Anna', times: 2 }), { text: 'Anna Anna ', by: 'anna as root' })
})

t.test('errors arrive as they were thrown, a bug stays one', async (t) => {
  const { agent, said } = await serve(t, 'root', answers)
  await t.rejects(agent.call(greet, { name: 'r999' }), {
    code: 'ROOM_UNKNOWN',
    message: refusal.message,
    hint: 'iserv-ctl room list',
    cause: { message: 'looked everywhere' },
  })
  const bug = await agent.call(greet, { name: 'bug' }).catch((error: unknown) => error)
  t.notOk(bug instanceof BoxError)
  t.match(bug, { message: /undefined is not a room/ })
  t.match(said, [/undefined is not a room/])
})

t.test('the platform is answered only what is meant for it', async (t) => {
  const { agent, path } = await serve(t, 'platform', [...answers, ...handlers])
  t.match(await agent.call(greet, { name: 'Anna' }), { by: 'anna as platform' })
  await t.rejects(agent.call(secret, { name: 'Anna' }), { code: 'AGENT_REFUSED' })
  await t.rejects(agent.call(stateHistory, {}), { code: 'AGENT_REFUSED' })
  t.equal((await post(path, '/v1/state.apply', '{}')).status, 409)
})

t.test('what is no request is refused, with all that is wrong', async (t) => {
  const { path } = await serve(t, 'root', answers)
  const failure = async (body: string) => JSON.parse((await post(path, '/v1/test.greet', body)).text) as unknown
  t.match(await failure('{"name": '), { code: 'REQUEST_INVALID', message: 'The request is not JSON' })
  t.match(await failure('{"times": "two", "loud": true}'), {
    code: 'REQUEST_INVALID',
    problems: [{ path: 'name' }, { path: 'times' }, { message: /loud/ }],
  })
  t.equal((await post(path, '/v1/test.greet', '', 'GET')).status, 409)
  t.equal((await post(path, '/../etc/passwd', '{}')).status, 409)
})

t.test('a body without end is cut off, and the next caller is answered', async (t) => {
  const { path, agent } = await serve(t, 'root', answers)
  const endless = new Promise<string>((resolve) => {
    const sending = request({ socketPath: path, path: '/v1/test.greet', method: 'POST', agent: false }, (response) => {
      response
        .setEncoding('utf8')
        .toArray()
        .then(
          (parts) => resolve(parts.join('')),
          () => resolve('cut off'),
        )
    }).on('error', () => resolve('cut off'))
    const more = (error?: Error | null): void => {
      if (error || sending.destroyed) return
      sending.write('x'.repeat(1024 * 1024), (failed) => setImmediate(more, failed))
    }
    more()
  })
  t.match(await endless, /larger than|cut off/)
  t.match(await agent.call(greet, { name: 'a'.repeat(8_000_000) }), { text: 'aaaaaaaaa ' }, 'a long one is not endless')
})

t.test('an upload that is broken off is no fault of the agent', async (t) => {
  const { path, said, agent } = await serve(t, 'root', answers)
  const arrived = Promise.withResolvers<void>()
  const sending = request({ socketPath: path, path: '/v1/test.greet', method: 'POST', agent: false })
  sending.on('error', () => undefined)
  sending.write('{"name": "An', () => arrived.resolve())
  await arrived.promise
  // Answered on another connection: the agent has begun to read the first one.
  await agent.call(greet, { name: 'Anna' })
  const closed = new Promise<void>((resolve) => void sending.on('close', resolve))
  sending.destroy()
  await closed
  // The agent sees a connection end before one that is made after it.
  await agent.call(greet, { name: 'bug' }).catch(() => undefined)
  t.equal(said.length, 1, said.join())
  t.match(said, [/undefined is not a room/])
})

t.test('nobody there, nobody allowed, nothing left behind', async (t) => {
  const { path, socket, agent } = await serve(t, 'root', answers)
  const gone = agentAt({ socket: join(path, '..', 'none.sock'), by: 'anna' })
  await t.rejects(gone.call(greet, { name: 'x' }), { code: 'AGENT_UNREACHABLE', message: /none\.sock/ })
  const stopped = agentAt({ socket: path, by: 'anna', signal: AbortSignal.abort() })
  await t.rejects(stopped.call(greet, { name: 'x' }), { code: 'INTERRUPTED' })
  await socket.close()
  t.notOk(existsSync(path))
  await t.rejects(agent.call(greet, { name: 'x' }), { code: 'AGENT_UNREACHABLE' })
})

t.test('every operation has one handler, and its own path', async (t) => {
  const names = handlers.map(({ operation }) => operation.name)
  t.strictSame([...new Set(names)], names)
  t.ok(
    names.every((name) => /^[a-z]+\.[a-z]+$/.test(name)),
    names.join(' '),
  )
})
