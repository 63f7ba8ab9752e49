import t from 'tap'
import { interfaces } from '../../agent/resources/interfaces/index.ts'
import { neighbours } from '../../agent/resources/neighbours/index.ts'
import { startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleSchool } from '../support/school.ts'

t.setTimeout(180_000)

const overlay = new URL('../../image/school/overlay', import.meta.url).pathname

t.test('the address of a declared device stays with its card', async (t) => {
  const box = await startContainer(t, { overlay: [overlay] })
  const { enact, tend } = enactorOn(t, box.system, [interfaces, neighbours])
  const state = exampleSchool()
  const run = (...argv: [string, ...string[]]) => box.system.processes.run(argv)
  const cardOf = async (address: string) =>
    /lladdr (\S+)/.exec((await run('ip', 'neighbour', 'show', address)).stdout)?.[1]
  const lines = async () => (await tend())['neighbours']?.lines
  const mac = '52:54:00:14:07:01'
  t.ok((await enact(state))['neighbours']?.lines.join('\n').includes(`+ card of 10.20.14.7: ${mac}`))
  t.strictSame(await lines(), [])
  const pc = await box.client('r214-pc07', 'lan0', { mac })
  await pc.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
  await run('ping', '-c1', '-W5', '10.20.14.7')

  await t.test('whatever another one says', async (t) => {
    const forger = await box.client('forger', 'lan0', { mac: '52:54:00:66:66:66' })
    await forger.run(['ip', 'address', 'add', '10.20.99.9/16', 'dev', 'eth0'])
    const forged = [
      '--arp-type',
      'ARP-reply',
      '--arp-sender-ip',
      '10.20.14.7',
      '--arp-sender-mac',
      '52:54:00:66:66:66',
    ] as const
    const boxCard = (await run('cat', '/sys/class/net/br-school/address')).stdout.trim()
    await forger.run(['ping', '-c1', '-W5', '10.20.0.1'])
    await forger.run([
      'nping',
      '--arp',
      ...forged,
      '--arp-target-mac',
      boxCard,
      '--dest-mac',
      boxCard,
      '-c',
      '4',
      '10.20.0.1',
    ])
    t.equal(await cardOf('10.20.14.7'), mac)
    t.equal(await cardOf('10.20.99.9'), '52:54:00:66:66:66', 'who is not declared says so himself')
    await run('ping', '-c1', '-W5', '10.20.14.7')
  })

  await t.test('until the state says another', async (t) => {
    const devices = state.devices.filter(({ address }) => address !== '10.20.14.8')
    t.match(await enact({ ...state, devices }), { neighbours: { lines: ['- card of 10.20.14.8: 52:54:00:14:08:01'] } })
    await run('ip', 'neighbour', 'delete', '10.20.14.7', 'dev', 'br-school')
    t.strictSame(await lines(), [`+ card of 10.20.14.7: ${mac}`])
    await run('ip', 'link', 'delete', 'br-school')
    await tend()
    t.equal(await cardOf('10.20.14.7'), mac, 'a bridge that was made anew')
  })
})
