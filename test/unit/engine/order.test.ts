import t from 'tap'
import { inOrder, waitsOf } from '../../../agent/engine/order.ts'
import { fc } from '../../support/property.ts'

const named = (name: string, ...after: readonly string[]) => ({ name, after })
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

const box = [
  named('interfaces'),
  named('firewall', 'interfaces'),
  named('time'),
  named('dhcp', 'interfaces', 'firewall'),
]
const waiting = (changed: readonly string[], rests: (name: string) => boolean = () => true) =>
  Object.fromEntries(waitsOf(box, (name) => changed.includes(name), rests))

t.test('each waits for what it comes after', async (t) => {
  t.strictSame(waiting([]), { interfaces: [], firewall: ['interfaces'], time: [], dhcp: ['interfaces', 'firewall'] })
  t.strictSame(
    waitsOf(
      [named('dns', 'directory')],
      () => false,
      () => true,
    ).get('dns'),
    [],
    'if that is there',
  )
})

t.test('what has changed waits only for what may not be as it should be', async (t) => {
  t.match(waiting(['dhcp']), { firewall: ['interfaces'], dhcp: [] })
  t.match(waiting(['firewall', 'dhcp']), { firewall: [], dhcp: ['firewall'] })
  t.match(waiting(['interfaces', 'dhcp']), { dhcp: ['interfaces', 'firewall'] }, 'a change reaches the firewall, too')
  t.match(
    waiting(['dhcp'], (name) => name !== 'firewall'),
    { dhcp: ['firewall'] },
  )
})
