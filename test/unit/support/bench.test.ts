import t from 'tap'
import { type Bounds, boundText, inTurn, judge, quantile } from '../../support/bench.ts'

const bounds: Bounds = { unit: 's', must: { ratio: 1 / 30, overLimit: 1 }, aim: { ratio: 1 / 80, ours: 15 } }

t.test('a bench is judged by each of its bounds', async (t) => {
  t.strictSame(judge('import', bounds, { ours: 8.2004, peer: 820, limit: 34 }), {
    bench: 'import',
    unit: 's',
    ours: 8.2,
    peer: 820,
    limit: 34,
    ratio: 0.01,
    overLimit: 0.241,
    must: bounds.must,
    aim: bounds.aim,
    holds: true,
    reached: true,
  })
  const verdict = (ours: number, peer: number, limit: number) => {
    const { holds, reached } = judge('import', bounds, { ours, peer, limit })
    return { holds, reached }
  }
  t.strictSame(verdict(8, 400, 34), { holds: true, reached: false }, 'must by the peer, not the aim')
  t.strictSame(verdict(16, 1600, 34), { holds: true, reached: false }, 'one bound of the aim is missed')
  t.strictSame(verdict(8, 200, 34), { holds: false, reached: false }, 'slower than must by the peer')
  t.strictSame(verdict(8, 800, 7), { holds: false, reached: true }, 'slower than must by the limit')
})

t.test('what is shown is rounded, what is judged is not', async (t) => {
  const { ratio, holds } = judge(
    'x',
    { unit: 's', must: { ratio: 1.3 }, aim: {} },
    { ours: 1.3004, peer: 1, limit: null },
  )
  t.strictSame({ ratio, holds }, { ratio: 1.3, holds: false })
})

t.test('a bound on what was not measured is a mistake', async (t) => {
  t.throws(() => judge('x', bounds, { ours: 1, peer: null, limit: 2 }), /bound on "ratio"/)
  t.throws(() => judge('x', bounds, { ours: Number.NaN, peer: 1, limit: 2 }), /bound on "ratio"/)
})

t.test('bounds read like a table', async (t) => {
  t.equal(boundText(bounds.must, 's'), '≤ 1/30 ×, ≤ 1 × limit')
  t.equal(boundText({ ours: 0.5 }, 's'), '≤ 0.5 s')
  t.equal(boundText({ ratio: 1.15 }, 's'), '≤ 1.15 ×')
})

t.test('kinds of work take turns; each has its median', async (t) => {
  const order: string[] = []
  const returning = (name: string, values: number[]) => async () => {
    order.push(name)
    return values.shift() ?? Number.NaN
  }
  const found = await inTurn({ ours: returning('ours', [9, 1, 2]), peer: returning('peer', [5, 4, 40]) }, 3)
  t.strictSame(found, { ours: 2, peer: 5 })
  t.strictSame(order, ['ours', 'peer', 'ours', 'peer', 'ours', 'peer'])
  t.equal(quantile([3, 1, 2, 4], 0.99), 4)
  t.throws(() => quantile([], 0.5))
})
