import { ok, strictEqual } from 'node:assert/strict'
import t from 'tap'
import { renderBridge } from '../../../agent/nftables/bridge.ts'
import { render } from '../../../agent/nftables/render.ts'
import { Firewall } from '../../../agent/nftables/schema.ts'
import { fresh, freshWith, liveChanges, replacement } from '../../../agent/nftables/transaction.ts'
import { anyFirewall } from '../../support/firewall-models.ts'
import { fc } from '../../support/property.ts'

const commandsOf = (text: string) =>
  (JSON.parse(text) as { nftables: readonly Record<string, Record<string, unknown>>[] }).nftables

t.test('a lock is one element with the seconds it lasts, set anew where there is one', async (t) => {
  const element = (elem: unknown) => ({ element: { family: 'inet', table: 'iserv', name: 'locked', elem: [elem] } })
  t.strictSame(commandsOf(liveChanges('iserv', [{ set: 'locked', key: 7, lasts: 60, comment: 'x' }])), [
    { destroy: element(7) },
    { add: element({ elem: { val: 7, timeout: 60, comment: 'x' } }) },
  ])
  t.strictSame(commandsOf(liveChanges('iserv', [{ set: 'locked', key: 7, lasts: null }])), [
    { destroy: element(7) },
    { add: element(7) },
  ])
  t.strictSame(commandsOf(liveChanges('iserv', [{ set: 'locked', key: 7 }])), [{ destroy: element(7) }])
})

t.test('every command stays in our own tables', async () => {
  fc.assert(
    fc.property(anyFirewall, (model) => {
      const firewall = Firewall.parse(model)
      const tables = [render(firewall), renderBridge(firewall)]
      for (const text of [
        fresh(...tables),
        replacement(...tables.map((wanted) => ({ wanted, listing: undefined }))),
        freshWith(fresh(...tables), 'iserv', [{ set: 'locked', key: 1 }]),
      ]) {
        for (const command of commandsOf(text)) {
          const [[kind, body] = ['', {}]] = Object.entries(Object.values(command)[0] ?? {})
          const { family, name, table } = body as { family?: string; name?: string; table?: string }
          strictEqual(`${kind === 'table' ? name : table}`, 'iserv')
          ok(family === 'inet' || family === 'bridge')
        }
      }
    }),
    { numRuns: 20 },
  )
})

t.test('comments fit into what the kernel keeps', async () => {
  fc.assert(
    fc.property(anyFirewall, (model) => {
      const firewall = Firewall.parse(model)
      const rules = [render(firewall), renderBridge(firewall)].flatMap(({ chains }) =>
        chains.flatMap((chain) => chain.rules),
      )
      return rules.every(({ comment = '' }) => Buffer.byteLength(comment) <= 128)
    }),
    { numRuns: 20 },
  )
})
