import t from 'tap'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** The example school on the built image, seen from its devices. */

const box = await startBox(t)
await box.apply(exampleText())
const known = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
const unknown = await box.client('laptop', 'lan0', { mac: '52:54:00:99:00:01' })
const guest = await box.client('phone', 'guest0', { mac: '52:54:00:99:00:02' })

/** What the page on the internet says about who asked; the box may still be getting its own IPv6 address. */
function whoAsked(client: typeof known, family: '-4' | '-6'): Promise<string> {
  const page = `http://www.${internet.domain}/`
  return until(
    async () => {
      const asked = await client.run(['curl', family, '-s', '--max-time', '3', page], { accept: [0, 6, 7, 28] })
      return asked.status === 0 && asked.stdout.trim()
    },
    { what: `an answer by ${family}`, timeout: 60_000 },
  )
}

t.test('a declared device gets its own address and name', async (t) => {
  const lease = await known.dhcp()
  t.match(lease, { address: '10.20.14.7', prefix: 16, gateway: '10.20.0.1', domain: 'schule.lan' })
  t.equal(lease.dns, '10.20.0.1')
  const name = await known.run(['dig', '+short', 'r214-pc07.schule.lan'])
  t.equal(name.stdout.trim(), '10.20.14.7')
  const reverse = await known.run(['dig', '+short', '-x', '10.20.14.7'])
  t.equal(reverse.stdout.trim(), 'r214-pc07.schule.lan.')
})

t.test('an undeclared device gets an address of the pool', async (t) => {
  const { address } = await unknown.dhcp()
  t.match(address, /^10\.20\.20[0-7]\./)
})

t.test('a guest gets an address of the guest network', async (t) => {
  const { address, gateway } = await guest.dhcp()
  t.match(address, /^10\.30\.[0-3]\./)
  t.equal(gateway, '10.30.0.1')
})

t.test('IPv6 addresses come by themselves', async (t) => {
  t.equal(await known.ipv6('fd20:1:'), 'fd20:1::5054:ff:fe14:701')
  t.equal(await guest.ipv6('fd20:2:'), 'fd20:2::5054:ff:fe99:2')
})

for (const [who, client] of [
  ['a declared device', known],
  ['an undeclared device', unknown],
  ['a guest', guest],
] as const) {
  t.test(`${who} reaches the internet through the box's address, by IPv4 and IPv6`, async (t) => {
    t.equal(await whoAsked(client, '-4'), `Hello ${internet.boxAddress}, this is www.${internet.domain}.`)
    t.match(await whoAsked(client, '-6'), /^Hello 2001:db8:1:0:/)
  })
}

t.test('the box tells what it gave', async (t) => {
  const { stdout } = await box.control(['dhcp', 'leases', '--json'])
  t.match(stdout, '10.20.14.7')
  t.match(stdout, '52:54:00:99:00:02')
})

t.test('times are told as the clocks in the school show them', async (t) => {
  const { stdout } = await box.control(['room', 'lock', 'r214', '--for', '45m', '--json'])
  const { locks } = JSON.parse(stdout) as { readonly locks: readonly [{ readonly until: number }] }
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' })
  const told = await box.control(['room', 'list'])
  t.match(told.stdout, clock.format(locks[0].until))
})
