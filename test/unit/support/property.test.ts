import t from 'tap'
import { fc } from '../../support/property.ts'

t.test('a property that fails prints its smallest counterexample, the same in each run', async (t) => {
  const failure = () => {
    try {
      fc.assert(fc.property(fc.nat(), (number) => number < 100))
      return ''
    } catch (error) {
      return String(error)
    }
  }
  t.match(failure(), /seed: \d+.*\nCounterexample: \[100\]/)
  t.equal(failure(), failure())
})
