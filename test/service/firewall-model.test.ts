import { deepStrictEqual } from 'node:assert/strict'
import t from 'tap'
import { renderBridge } from '../../agent/nftables/bridge.ts'
import { closed } from '../../agent/nftables/closed.ts'
import { compare } from '../../agent/nftables/compare.ts'
import { readListing, type Listing } from '../../agent/nftables/listing.ts'
import { render } from '../../agent/nftables/render.ts'
import type { Ruleset } from '../../agent/nftables/ruleset.ts'
import { Firewall } from '../../agent/nftables/schema.ts'
import { fresh, replacement } from '../../agent/nftables/transaction.ts'
import { firewallOf } from '../../agent/resources/firewall/derive.ts'
import { startContainer } from '../support/container.ts'
import { anyFirewall } from '../support/firewall-models.ts'
import { golden } from '../support/golden.ts'
import { designSchool, exampleSchool } from '../support/school.ts'
import { fc } from '../support/property.ts'

t.setTimeout(180_000)

t.test('whatever the model says, the kernel takes and tells back', async (t) => {
  const { system } = await startContainer(t, { ports: [] })
  const nft = (commands: string) => system.nftables.run(commands)
  const listed = async (): Promise<Listing> =>
    readListing(await nft('{"nftables":[{"list":{"table":{"family":"inet","name":"iserv"}}}]}'))
  const text = async (family = 'inet') =>
    (await system.processes.run(['nft', '-s', 'list', 'table', family, 'iserv'])).stdout

  await t.test('as nft writes them: golden files', async (t) => {
    for (const [name, state] of Object.entries({ example: exampleSchool(), design: designSchool() })) {
      await nft(fresh(render(firewallOf(state))))
      await system.nftables.run(`delete table inet iserv\n${await text()}`)
      // What 2,000 devices say more than the first few is told by their number.
      const shortened = (await text()).replaceAll(/(\t{3} {5}.*\n){4,}/g, (lines) => {
        const all = lines.split('\n')
        return [...all.slice(0, 3), `\t\t\t     ... and ${all.length - 4} more }`, ''].join('\n')
      })
      golden(t, `nftables/${name}.nft`, shortened)
    }
  })

  await t.test('the table for frames', async (t) => {
    const wanted = renderBridge(firewallOf(exampleSchool()))
    await nft(fresh(wanted))
    const found = readListing(await nft('{"nftables":[{"list":{"table":{"family":"bridge","name":"iserv"}}}]}'))
    t.strictSame(compare(wanted, found).differences, [])
    golden(t, 'nftables/frames.nft', await text('bridge'))
  })

  await t.test('the closed table, over the one in force', async (t) => {
    await nft(fresh(closed('iserv')))
    t.strictSame(compare(closed('iserv'), await listed()).differences, [])
  })

  await t.test('from any house to any other in one transaction', async (t) => {
    let before: Ruleset = closed('iserv')
    await fc.assert(
      fc.asyncProperty(anyFirewall, async (firewall) => {
        const wanted = render(Firewall.parse(firewall))
        const listing = await listed()
        deepStrictEqual(compare(before, listing).differences, [], 'what was put in force is in force')
        await nft(replacement({ wanted, listing }))
        before = wanted
      }),
      { numRuns: 30 },
    )
    t.strictSame(compare(before, await listed()).differences, [])
  })
})
