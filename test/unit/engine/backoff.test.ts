import t from 'tap'
import { backoff } from '../../../agent/engine/backoff.ts'

t.test('waits longer after each failure, but never longer than ten minutes', async (t) => {
  t.strictSame([0, 1, 2, 3, 4].map(backoff), [0, 5_000, 10_000, 20_000, 40_000])
  t.strictSame([8, 50, 10_000].map(backoff), [600_000, 600_000, 600_000])
})
