import { spawn } from 'node:child_process'
import t from 'tap'
import { RoomLock } from '../../agent/model/lock.ts'
import { SchoolState, type SchoolStateInput } from '../../agent/model/state.ts'
import { answer, type Answer } from '../../agent/resources/firewall/answer.ts'
import { firewall } from '../../agent/resources/firewall/index.ts'
import { lockCommands } from '../../agent/resources/firewall/locks.ts'
import type { Client } from '../../cli/lab/client.ts'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { connectFrom, type Attempt, type Fate } from '../support/connect.ts'
import { enactorOn } from '../support/enact.ts'
import { buildHouse } from '../support/house.ts'
import { exampleInput } from '../support/school.ts'

/** The host of the lab's internet answers on every port. */
const echoEverywhere = `
table inet everywhere {
  chain in {
    type nat hook prerouting priority dstnat
    ip daddr ${internet.host} meta l4proto { tcp, udp } dnat ip to ${internet.host}:7
    ip6 daddr ${internet.host6} meta l4proto { tcp, udp } dnat ip6 to [${internet.host6}]:7
  }
}
`

const input: SchoolStateInput = {
  ...exampleInput(),
  directory: { address: '10.20.0.3' },
  services: [
    { name: 'web', protocol: 'tcp', ports: [80, 443], from: ['school'] },
    { name: 'mail', protocol: 'tcp', ports: [25], from: ['uplink', 'school'] },
    { name: 'portal', protocol: 'udp', ports: [8080], from: ['guest'] },
  ],
}
const state = SchoolState.parse(input)

const tries = (protocol: 'tcp' | 'udp', hosts: readonly string[], ports: readonly number[]): readonly Attempt[] =>
  hosts.flatMap((host) => ports.map((port) => ({ protocol, host, port })))

const toInternet = [
  ...tries('tcp', [internet.host, internet.host6], [53, 80, 443, 853]),
  ...tries('udp', [internet.host, internet.host6], [53, 443, 853]),
]
const toBox = (hosts: readonly string[]) => [
  ...tries('tcp', hosts, [22, 25, 53, 80, 443, 5400, 5401]),
  ...tries('udp', hosts, [53, 67, 123, 5400, 8080]),
]
const schoolBox = ['10.20.0.1', '10.20.0.3', 'fd20:1::1']
const guestBox = ['10.30.0.1', 'fd20:2::1']
const forwarded = tries('tcp', [internet.boxAddress], [443, 8443])

/** Who tries what; between them every rule that can decide about a first packet. */
const questions: Readonly<Record<string, readonly Attempt[]>> = {
  'r214-pc07': [...toInternet, ...toBox(schoolBox), ...forwarded, ...tries('tcp', ['10.30.0.1', '10.30.1.5'], [80])],
  'r118-pc31': [...toInternet, ...toBox(schoolBox), ...forwarded],
  'workshop-cnc': [...toInternet, ...toBox(schoolBox), ...forwarded],
  school: [...toInternet, ...toBox(schoolBox)],
  guest: [
    ...toInternet,
    ...toBox([...guestBox, '10.20.0.1']),
    ...tries('udp', ['10.20.0.3', 'fd20:1::1'], [53, 123]),
    ...forwarded,
    ...tries('tcp', ['10.20.14.7', 'fd20:1::14:7'], [80, 445]),
    ...tries('udp', ['10.20.14.7', 'fd20:1::14:7'], [80]),
  ],
  internet: [
    ...tries('tcp', [internet.boxAddress, `${internet.prefix6}10`], [22, 25, 53, 80, 5400, 8443]),
    ...tries('udp', [internet.boxAddress, `${internet.prefix6}10`], [53, 67, 123]),
    ...tries('tcp', ['10.20.14.7', 'fd20:1::14:7', '10.20.0.1'], [80, 443]),
  ],
}

/** What a sender notices of each decision. Behind the box every port answers; on it no program runs. */
function noticed({ verdict, protocol }: Answer, isBox: boolean): readonly Fate[] {
  if (verdict === 'dropped') return ['silent']
  if (isBox) return verdict === 'accepted' ? ['closed', 'answered'] : ['rejected']
  if (verdict === 'accepted') return ['answered']
  return protocol === 'tcp' ? ['closed'] : ['rejected']
}

t.setTimeout(180_000)

t.test('what the model answers is what happens to packets', async (t) => {
  const { box, provider, device } = await buildHouse(t)
  await provider.run(['nft', '-f', '-'], { input: echoEverywhere })
  const engine = enactorOn(t, box.system, [firewall])
  await box.system.processes.run(['ip', 'address', 'add', '10.20.0.3/32', 'dev', 'br-school'])
  await engine.enact(state)
  const senders: Readonly<Record<string, Pick<Client, 'run'>>> = {
    'r214-pc07': await device('r214-pc07', 'school', '52:54:00:14:07:01', '14.7'),
    'r118-pc31': await device('r118-pc31', 'school', '52:54:00:18:31:01', '18.31'),
    'workshop-cnc': await device('workshop-cnc', 'school', '52:54:00:40:01:01', '40.1'),
    school: await device('visitor', 'school', '52:54:00:99:01:01', '200.9'),
    guest: await device('guest', 'guest', '52:54:00:99:02:01', '1.5'),
    internet: provider,
  }
  const sensor = await device('roof-sensor', 'school', '52:54:00:00:09:01', '0.9')
  const [program, ...rest] = [...sensor.enter, 'socat', 'TCP-LISTEN:443,fork,reuseaddr', 'EXEC:cat']
  const listener = spawn(program, rest, { stdio: 'ignore' })
  t.teardown(() => listener.kill())
  await until(async () => (await sensor.run(['ss', '-Hlnt'])).stdout.includes(':443 '), {
    what: 'the sensor to listen',
  })

  const now = Date.now()
  const locks = [RoomLock.parse({ room: 'r118', since: now, until: null, by: 'm.weber' })]
  await box.system.nftables.run(lockCommands(state, locks))

  const decided = new Set<string>()
  const uplinkAddresses = [internet.boxAddress, `${internet.prefix6}10`]
  for (const [from, attempts] of Object.entries(questions)) {
    const sender = senders[from]
    if (sender === undefined) throw new Error(`nobody is called ${from}`)
    const fates = await connectFrom(sender, attempts)
    attempts.forEach(({ protocol, host, port }, index) => {
      const told = answer({ from, to: host, port, protocol }, state, locks, { uplinkAddresses, banned: [] })
      const isBox = told.reaches?.startsWith('server') ?? [...schoolBox, ...guestBox, ...uplinkAddresses].includes(host)
      const fate = fates[index]
      decided.add(told.decidedBy.replace(/ set by.*/, ''))
      t.ok(
        fate !== undefined && noticed(told, isBox).includes(fate),
        `${from} → ${host} ${protocol} ${port}: ${told.verdict} by ${told.decidedBy}, seen: ${fate}`,
      )
    })
  }
  t.equal(decided.size, 18, `between them the questions touch every rule that can decide: ${[...decided].join('; ')}`)

  const page = { name: 'page', protocol: 'tcp' as const, port: 443, to: { device: 'roof-sensor' } }
  await engine.enact(SchoolState.parse({ ...input, forwards: [page] }))
  const reached = async (host: string) =>
    connectFrom(senders['school'] ?? provider, [{ protocol: 'tcp', host, port: 443 }])
  t.strictSame(await reached(internet.boxAddress), ['answered'], 'a forward is for the address outside')
  for (const host of ['10.20.0.1', '10.20.0.3']) t.strictSame(await reached(host), ['closed'], `and not for ${host}`)

  const unfiltered = { filters: {}, rooms: [], devices: [], forwards: [] }
  const networks = input.networks.map((network) => ({ ...network, filter: undefined }))
  await engine.enact(SchoolState.parse({ ...input, ...unfiltered, networks }))
  const answers = async (host: string) => connectFrom(senders['guest'] ?? provider, tries('udp', [host], [53, 123]))
  for (const host of guestBox) t.strictSame(await answers(host), ['closed', 'closed'], `guests are served by ${host}`)
  for (const host of [...schoolBox, internet.boxAddress])
    t.strictSame(await answers(host), ['rejected', 'rejected'], `and not by ${host}`)
})
