import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { wlanSecret } from '../../agent/contract/wlan.ts'
import { readSecret, renewSecret } from '../../agent/resources/wlan/secrets.ts'
import { wlanHandlers } from '../../agent/sockets/handlers/wlan.ts'
import { localSystem } from '../../agent/system/local.ts'
import { startAgent } from '../support/engine.ts'
import { wlanSchool } from '../support/sign-in.ts'
import type { z } from 'zod'

type Answer = z.output<typeof wlanSecret.response>

t.test('whoever is told a secret is told the one that counts', async (t) => {
  const root = t.testdir()
  mkdirSync(join(root, '/var/lib/iserv/wlan'), { recursive: true })
  const system = localSystem({ root })
  const agent = await startAgent(root, system, [])
  t.teardown(() => agent.ledger.close())
  const counted: (string | undefined)[] = []
  const engine = {
    ...agent.engine,
    state: wlanSchool,
    async reconcile() {
      counted.push(await readSecret('hall', system.files))
      return []
    },
  }
  const deps = { ...agent, engine, system, version: '0.0.0', caller: { audience: 'root', by: 'anna' } } as const
  const handler = wlanHandlers.find(({ operation }) => operation.name === 'wlan.secret')
  if (handler === undefined) throw new Error('no handler answers wlan.secret')
  const ask = async (renew: boolean): Promise<string | undefined> =>
    ((await handler.handle({ accessPoint: 'hall', renew }, deps)) as Answer).secrets[0]?.secret

  // The secret is lost; two ask for it, and two have it renewed.
  const told = await Promise.all([ask(false), ask(false), ask(true), ask(true)])
  t.strictSame(told, counted, 'FreeRADIUS loads it before it is told')
  t.equal(told[0], told[1], 'both who ask are told the same')
  t.equal(new Set(told).size, 3)
  t.equal(told.at(-1), await readSecret('hall', system.files))

  // The resource, which makes secrets that are missing, is at work meanwhile.
  const made = await engine.alone(async () => {
    const asked = ask(false)
    await system.files.remove('/var/lib/iserv/wlan/hall.secret')
    return { secret: await renewSecret('hall', system.files), asked }
  })
  t.equal(await made.asked, made.secret)
})
