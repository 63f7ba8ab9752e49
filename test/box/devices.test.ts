import t from 'tap'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** Devices declared by command and by list, as the devices themselves notice it. */

const box = await startBox(t)
await box.apply(exampleText())
const mac = '52:54:00:30:01:01'
const device = await box.client('newcomer', 'lan0', { mac })

const list = `# from the old server
server;server;nopxe;52:54:00:00:00:01;10.20.0.1;;;;addc
R300;r300-pc01;win;${mac};10.20.30.1;;;;classroom-studentcomputer;;1;;;;
R300;r300-pc02;win;52:54:00:30:02:01;DHCP
`

const resolved = async (name: string): Promise<string> => (await device.run(['dig', '+short', name])).stdout.trim()

t.test('a device that nobody declared has an address of the pool', async (t) => {
  t.match(await device.dhcp(), { address: /^10\.20\.20[0-7]\./ })
})

t.test('a list with a mistake changes nothing', async (t) => {
  const wrong = list.replace('10.20.30.1', '10.30.30.1')
  const { status, stderr } = await box.control(['device', 'import', '-'], { input: wrong, accept: [3] })
  t.equal(status, 3)
  t.match(stderr, /standard input: 1 error, [^]*3:38 +address +10\.30\.30\.1 does not lie in 10\.20\.0\.0\/16/)
  t.match((await box.control(['state', 'history', '--json'])).stdout, /"number": 1/)
  t.notMatch((await box.control(['state', 'history', '--json'])).stdout, /"number": 2/)
})

t.test('taken from a list, it gets its address and its name', async (t) => {
  await box.control(['device', 'import', '-', '--network', 'school'], { input: list })
  t.match(await device.dhcp(), { address: '10.20.30.1', hostname: 'r300-pc01' })
  t.equal(await resolved('r300-pc01.schule.lan'), '10.20.30.1')
})

t.test('its new room can be locked', async (t) => {
  await box.control(['room', 'lock', 'r300'])
  t.match(
    (await box.control(['firewall', 'trace', '--from', 'r300-pc01', '--to', '203.0.113.5', '--port', '80'])).stdout,
    /lock/,
  )
  await box.control(['room', 'unlock', 'r300'])
})

t.test('given another address by command, it gets that one', async (t) => {
  await box.control(['device', 'add', 'r300-pc01', '--mac', mac, '--address', '10.20.30.77'])
  t.match(await device.dhcp(), { address: '10.20.30.77' })
  t.equal(await resolved('r300-pc01.schule.lan'), '10.20.30.77')
})

t.test('taken out, it is a stranger again', async (t) => {
  await box.control(['device', 'remove', 'r300-pc01'])
  t.match(await device.dhcp(), { address: /^10\.20\.20[0-7]\./ })
  t.equal(await resolved('r300-pc01.schule.lan'), '')
})
