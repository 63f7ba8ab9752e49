import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import t from 'tap'
import { BoxError } from '../../agent/errors.ts'
import { pageServer } from '../../agent/platform/server/serve.ts'
import { probe } from '../../agent/resources/web/probe.ts'
import { pageSocket } from '../../agent/resources/web/render.ts'
import { localSystem } from '../../agent/system/local.ts'

const shown = {
  school: 'Gymnasium am Beispielweg',
  language: 'de',
  timezone: 'Europe/Berlin',
  device: null,
  room: null,
  network: 'school',
  internet: 'allowed',
  lockedUntil: null,
  services: [],
}

/**
 * The page's own server on its socket, under a root of its own.
 * @param answer of the agent; `asked` is when whoever asks the page has said all
 */
async function pageUnder(
  t: { teardown(handler: () => void): unknown },
  answer: (asked: Promise<void>) => Promise<unknown>,
) {
  const root = mkdtempSync(join(tmpdir(), 'iserv-page-'))
  const socket = join(root, pageSocket)
  mkdirSync(dirname(socket), { recursive: true })
  const { promise: asked, resolve: said } = Promise.withResolvers<void>()
  const server = pageServer({ agent: { call: () => answer(asked) as never }, log: () => undefined })
  server.on('connection', (connection: Socket) => connection.once('end', said))
  await new Promise<void>((resolve) => void server.listen(socket, resolve))
  t.teardown(() => {
    server.close()
    rmSync(root, { recursive: true })
  })
  return localSystem({ root })
}

const desired = { language: 'en', challenges: true, page: { names: ['server'], networks: ['10.20.0.0/16'] } } as const

t.test('the agent finds the page open', async (t) => {
  // The agent answers over a socket of its own: the question's end comes first.
  const system = await pageUnder(t, (asked) => asked.then(() => shown))
  t.match(await probe(desired, system), [{ code: 'page-serves', severity: 'ok' }])
})

t.test('a page without its agent is no page', async (t) => {
  const system = await pageUnder(t, () => Promise.reject(new BoxError('AGENT_UNREACHABLE', 'nobody')))
  t.match(await probe(desired, system), [{ code: 'page-silent', severity: 'error' }])
})
