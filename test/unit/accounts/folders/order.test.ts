import t from 'tap'
import { inOrder, type Move } from '../../../../agent/accounts/folders/order.ts'
import { fc } from '../../../support/property.ts'

const detour = ({ from }: Move): string => `.moving-${from}`

/** Renames entry by entry, and refuses what a disk would swallow. */
function carryOut(folder: Map<string, string>, moves: readonly Move[]): void {
  for (const { from, to } of moves) {
    const content = folder.get(from)
    if (content === undefined) throw new Error(`${from} is not there`)
    if (folder.has(to)) throw new Error(`${to} is taken`)
    folder.delete(from)
    folder.set(to, content)
  }
}

t.test('a chain begins at its end, a ring takes a detour', async (t) => {
  const chain = [
    { from: '5a', to: '6a' },
    { from: '6a', to: '7a' },
  ]
  t.strictSame(inOrder(chain, detour), chain.toReversed())
  t.strictSame(
    inOrder([...chain, { from: '7a', to: '5a' }], detour).map(({ from, to }) => `${from} ${to}`),
    ['5a .moving-5a', '7a 5a', '6a 7a', '.moving-5a 6a'],
  )
})

t.test('any renames at once come out as meant, and nothing is overwritten on the way', async () => {
  const names = Array.from({ length: 9 }, (_, index) => `c${index}`)
  const some = fc.tuple(fc.shuffledSubarray(names), fc.shuffledSubarray(names))
  fc.assert(
    fc.property(some, ([froms, tos]) => {
      const moves = froms
        .flatMap((from, index) => (tos[index] === undefined ? [] : [{ from, to: tos[index] }]))
        .filter(({ from, to }) => from !== to)
      const sources = new Set(moves.map(({ from }) => from))
      // Whoever stays keeps his name, so nobody else may be given it.
      const legal = moves.every(({ to }) => sources.has(to) || !froms.includes(to))
      fc.pre(legal)
      const folder = new Map([...sources].map((name) => [name, `files of ${name}`]))
      carryOut(folder, inOrder(moves, detour))
      return folder.size === moves.length && moves.every(({ from, to }) => folder.get(to) === `files of ${from}`)
    }),
    { numRuns: 300 },
  )
})
