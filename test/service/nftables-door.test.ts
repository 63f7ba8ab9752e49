import t, { type Test } from 'tap'
import { processesOf } from '../../agent/system/processes.ts'
import { startContainer } from '../support/container.ts'
import { type Told, tellOf } from '../support/nftables-door.ts'

t.setTimeout(120_000)

const program = new URL('../support/nftables-door.ts', import.meta.url).pathname

function keepsItsWord(t: Test, { half, afterRefusal, listed, text, refusals }: Told): void {
  t.equal(half, 'NFT_REFUSED')
  t.notMatch(afterRefusal, 'one', 'all of a transaction or nothing')
  t.match(JSON.parse(listed), { nftables: [{}, { table: { family: 'inet', name: 'two' } }] })
  t.equal(text.trim(), 'table inet two')
  t.strictSame(refusals, ['NFT_REFUSED', 'NFT_REFUSED', 'NFT_REFUSED'])
}

t.test('libnftables in this process', async (t) => {
  const { stdout, stderr } = await processesOf().run(['unshare', '--net', process.execPath, program])
  t.equal(stderr, '', 'not a word of warning')
  const told = JSON.parse(stdout) as Told
  keepsItsWord(t, told)
  const [before, grown, read] = told.generations
  t.ok(Number(grown) > Number(before), 'changes are counted')
  t.equal(read, grown, 'looks are not')
})

t.test('libnftables by its program', async (t) => {
  const { system } = await startContainer(t, { ports: [] })
  keepsItsWord(t, await tellOf(system.nftables))
})
