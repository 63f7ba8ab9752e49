import fc from 'fast-check'
import t from 'tap'
import { changedFirst, inOrder } from '../../../agent/engine/order.ts'

const named = (name: string, ...after: readonly string[]) => ({ name, after })
const every = () => true
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

t.test('each comes after those it stands on, otherwise as written', async (t) => {
  const list = [named('dns', 'interfaces'), named('time'), named('firewall', 'interfaces'), named('interfaces')]
  t.strictSame(names(inOrder(list)), ['interfaces', 'dns', 'time', 'firewall'])
})

t.test('a name that is not in the list is no wish', async (t) => {
  t.strictSame(names(inOrder([named('dns', 'directory')])), ['dns'])
})

t.test('a circle is named', async (t) => {
  t.throws(() => inOrder([named('a', 'b'), named('b', 'c'), named('c', 'a')]), { message: /a → b → c → a/ })
})

t.test('any list without circles is ordered whole', async () => {
  const lists = fc.array(fc.nat({ max: 20 }), { maxLength: 20 })
  fc.assert(
    fc.property(lists, (links) => {
      // Each may stand only on later ones, so there is no circle.
      const list = links.map((link, index) => named(String(index), String(index + 1 + link)))
      const order = names(inOrder(list))
      const wishes = list.every(({ name, after }) =>
        after.every((before) => !order.includes(before) || order.indexOf(before) < order.indexOf(name)),
      )
      return wishes && order.toSorted().join() === names(list).toSorted().join()
    }),
  )
})

const box = [named('interfaces'), named('firewall', 'interfaces'), named('time'), named('dhcp', 'interfaces')]
const first = (changed: readonly string[], rests: (name: string) => boolean = every) =>
  names(changedFirst(box, (name) => changed.includes(name), rests))

t.test('what has changed is looked at first, unless it has to wait for something else', async (t) => {
  t.strictSame(first([]), names(box))
  t.strictSame(first(['dhcp']), ['dhcp', 'interfaces', 'firewall', 'time'])
  t.strictSame(first(['interfaces', 'dhcp']), ['interfaces', 'dhcp', 'firewall', 'time'])
  t.strictSame(
    first(['dhcp'], (name) => name !== 'interfaces'),
    names(box),
    'what does not rest may come to rest in its turn',
  )
})

t.test('what stands on something that a change reaches waits for its look', async (t) => {
  const chain = [named('a'), named('b', 'a'), named('c', 'b'), named('d')]
  const changed = (name: string) => ['a', 'c', 'd'].includes(name)
  t.strictSame(names(changedFirst(chain, changed, every)), ['a', 'd', 'b', 'c'])
})
