import t from 'tap'
import { didYouMean, distance, nearest } from '../../../agent/model/nearest.ts'
import { fc } from '../../support/property.ts'

t.test('the distance of two words is the number of slips between them', async (t) => {
  for (const [from, to, slips] of [
    ['network', 'network', 0],
    ['netwrok', 'network', 1],
    ['nework', 'network', 1],
    ['networks', 'network', 1],
    ['natwurk', 'network', 2],
    ['', 'abc', 3],
    ['abc', '', 3],
  ] as const) {
    t.equal(distance(from, to), slips, `${from} ${to}`)
  }
})

t.test('the distance is the same both ways and never longer than the longer word', async (t) => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, word, (one, other) => {
      const slips = distance(one, other)
      return (
        slips === distance(other, one) &&
        slips <= Math.max(one.length, other.length) &&
        (slips === 0) === (one === other)
      )
    }),
  )
  t.pass('for any words')
})

t.test('the nearest word is named only when it is near', async (t) => {
  const words = ['network', 'name', 'title', 'internet', 'filter', 'filterWhenLocked']
  t.equal(nearest('netwrok', words), 'network')
  t.equal(nearest('filterwhenlocked', words), 'filterWhenLocked')
  t.equal(nearest('inter-net', words), 'internet')
  t.equal(nearest('colour', words), undefined)
  t.equal(nearest('x', ['y']), undefined)
  t.equal(didYouMean('nmae', words), ' Did you mean "name"?')
  t.equal(didYouMean('zzz', words), '')
})
