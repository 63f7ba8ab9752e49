import t from 'tap'
import { banned, counted, judge, remembered, slowed, type Counts } from '../../../agent/guessing/judge.ts'

const none: Counts = new Map()
const wrong = (source: string, at: number, times = 1) => Array.from({ length: times }, () => ({ source, at }))

t.test('a few mistakes cost nothing, ten of them some seconds, and only where they were made', async (t) => {
  const few = judge(none, wrong('10.20.14.7', 0, slowed.each - 1), 0)
  t.strictSame(few.pauses, [])
  const more = judge(few.counts, [...wrong('10.20.14.7', 1000), ...wrong('10.20.14.8', 1000)], 1000)
  t.strictSame(more.pauses, [{ source: '10.20.14.7', seconds: slowed.seconds, tries: slowed.each }])
  t.strictSame(judge(more.counts, wrong('10.20.14.7', 2000), 2000).pauses, [], 'the eleventh waits for the twentieth')
})

t.test('whoever goes on is out for minutes, and is then counted anew', async (t) => {
  let counts = none
  const pauses = Array.from({ length: banned.tries + slowed.each }, (_, index) => {
    const judged = judge(counts, wrong('10.20.14.7', index), index)
    counts = judged.counts
    return judged.pauses[0]?.seconds
  }).filter((seconds) => seconds !== undefined)
  t.strictSame(pauses, [slowed.seconds, slowed.seconds, banned.seconds, slowed.seconds])
})

t.test('many at once are one pause', async (t) => {
  t.strictSame(judge(none, wrong('a', 0, 25), 0).pauses, [{ source: 'a', seconds: slowed.seconds, tries: 25 }])
  t.strictSame(judge(none, wrong('a', 0, 500), 0).pauses, [
    { source: 'a', seconds: banned.seconds, tries: banned.tries },
  ])
})

t.test('the window slides: what is old does not count', async (t) => {
  const { counts } = judge(none, wrong('a', 0, slowed.each - 1), 0)
  t.strictSame(judge(counts, wrong('a', counted - 1), counted - 1).pauses.length, 1)
  t.strictSame(judge(counts, wrong('a', counted), counted).pauses, [])
  t.equal(judge(counts, [], counted).counts.size, 0, 'and is forgotten')
})

t.test('made-up sources do not fill the memory, and the newest stay', async (t) => {
  const many = Array.from({ length: remembered + 5 }, (_, index) => ({ source: `s${index}`, at: 0 }))
  const { counts } = judge(none, many, 0)
  t.equal(counts.size, remembered)
  t.ok(counts.has(`s${remembered + 4}`))
  t.notOk(counts.has('s0'))
})
