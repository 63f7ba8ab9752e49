import t from 'tap'
import type { BoxStatus } from '../../../agent/contract/box.ts'
import type { Context } from '../../../cli/command.ts'
import { status } from '../../../cli/commands/directory/status.ts'

/** What the command makes of the agent's answer. */
async function told(answer: Partial<BoxStatus>) {
  const files = { list: async () => [], stat: async () => undefined }
  const context = {
    agent: { call: async () => ({ school: null, held: null, resources: [], ...answer }) },
    box: async () => ({ system: { files } }),
  } as unknown as Context
  const { declared, works } = (await status.run({}, context)) as { readonly declared: unknown; readonly works: unknown }
  return { declared, works }
}

const school = { name: 'Gymnasium am Beispielweg', domain: 'schule.lan', directory: true }
const directory = { name: 'directory', since: 0, detail: '', findings: [] }

t.test('a directory is declared when the state says so, whatever became of it', async (t) => {
  t.strictSame(await told({ school }), { declared: true, works: false }, 'nobody has looked yet')
  const waiting = { ...directory, state: 'waiting', detail: 'waits for interfaces' } as const
  t.strictSame(await told({ school, resources: [waiting] }), { declared: true, works: false })
  const running = { ...directory, state: 'converged' } as const
  t.strictSame(await told({ school, resources: [running] }), { declared: true, works: true })
  t.strictSame(await told({ school: { ...school, directory: false }, resources: [running] }), {
    declared: false,
    works: true,
  })
})

t.test('whether there is one is not known when the state cannot be read', async (t) => {
  const held = { code: 'STATE_UNREADABLE', message: 'Generation 12 was made by a newer agent', hint: null }
  t.strictSame(await told({ held }), { declared: null, works: false })
  t.strictSame(await told({}), { declared: false, works: false }, 'a server without a state has none')
})
