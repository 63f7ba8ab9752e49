import t from 'tap'
import { readListing } from '../../../../agent/nftables/listing.ts'
import { later, observeChanges } from '../../../../agent/resources/firewall/observe.ts'
import type { System } from '../../../../agent/system/system.ts'
import { localSystem } from '../../../../agent/system/local.ts'

const own = { family: 'inet', table: 'iserv' }
const elem = [{ elem: { val: 1, timeout: 60, expires: 30 } }, { elem: { val: 2, timeout: 60, expires: 5 } }, 3]
const listed = JSON.stringify({
  nftables: [
    { table: { family: 'inet', name: 'iserv' } },
    { set: { ...own, name: 'locked', type: 'mark', flags: ['timeout'], elem } },
  ],
})

t.test('what was seen is aged: timers have run on, what has ended is gone', async (t) => {
  const seen = { listing: readListing(listed), bridge: undefined, foreign: ['ip theirs'], at: 1000 }
  const aged = later(seen, 10_000, 11_000)
  t.strictSame(aged.listing?.sets[0]?.elements, [{ key: 1, expires: 20 }, { key: 3 }])
  t.equal(aged.at, 11_000)
  t.strictSame(aged.foreign, ['ip theirs'])
  t.equal(later({ listing: undefined, bridge: undefined, foreign: [], at: 0 }, 5, 5).listing, undefined)
})

t.test('the kernel is read again when somebody has changed rules, and only then', async (t) => {
  const kernel = { generation: 1 as number | undefined, reads: 0 }
  const nftables: System['nftables'] = {
    generation: () => kernel.generation,
    async run() {
      kernel.reads += 1
      return listed
    },
  }
  const system = { ...localSystem(), nftables }
  const readsFor = async (generation: number | undefined) => {
    kernel.generation = generation
    const before = kernel.reads
    t.equal((await observeChanges(system)).listing?.sets.length, 1)
    return kernel.reads > before
  }
  t.equal(await readsFor(1), true)
  t.equal(await readsFor(1), false)
  t.equal(await readsFor(2), true)
  t.equal(await readsFor(2), false)
  t.equal(await readsFor(undefined), true, 'where it cannot be told, every time')
  t.equal(await readsFor(undefined), true)
})
