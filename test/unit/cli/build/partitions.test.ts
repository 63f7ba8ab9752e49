import t from 'tap'
import { bootEntry, partitionNamed, planDisk, tableArguments } from '../../../../cli/build/partitions.ts'

const mega = 2 ** 20

t.test('partitions follow one another without a gap, and both slots are alike', async (t) => {
  for (const bytes of [0, 300 * mega, 683 * mega, 700 * mega, 3000 * mega]) {
    const { partitions, size } = planDisk('digest', bytes)
    partitions.forEach((one, index) => {
      const before = partitions[index - 1]
      t.equal(one.start, before === undefined ? 1 : before.start + before.size)
    })
    const last = partitions.at(-1)!
    t.equal(size, last.start + last.size + 1, 'room for the second table at the end')
    const a = partitionNamed(planDisk('digest', bytes), 'root-a')
    t.equal(a.size, partitionNamed(planDisk('digest', bytes), 'root-b').size)
    t.ok(a.size * mega >= bytes * 1.5)
  }
})

t.test('the same image has the same identifiers, another has others', async (t) => {
  t.same(planDisk('one', mega), planDisk('one', mega))
  const all = [...planDisk('one', mega).partitions, ...planDisk('two', mega).partitions].map(({ uuid }) => uuid)
  t.equal(new Set(all).size, all.length)
})

t.test('the table for sgdisk', async (t) => {
  const plan = planDisk('digest', 0)
  const words = tableArguments(plan)
  t.equal(words[0], '--clear')
  t.ok(words.includes('--new=1:1MiB:+256MiB'))
  t.ok(words.includes('--typecode=1:ef00'))
  t.ok(words.includes('--change-name=4:data'))
})

t.test('the entry of a slot names its root and its own kernel', async (t) => {
  const text = bootEntry('b', '0.1.0+abc', 'uuid-of-b')
  t.match(text, /^linux \/b\/vmlinuz$/m)
  t.match(text, /^initrd \/b\/initrd\.img$/m)
  t.match(text, /^version 0\.1\.0\+abc$/m)
  t.match(text, /^options root=PARTUUID=uuid-of-b rootfstype=erofs ro /m)
  t.match(text, / quiet /, "the kernel's messages do not run over what the monitor shows")
})
