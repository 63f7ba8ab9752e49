import t from 'tap'
import { Ipv4Interface } from '../../agent/model/scalars.ts'
import { SchoolState } from '../../agent/model/state.ts'
import { dns } from '../../agent/resources/dns/index.ts'
import { firewall } from '../../agent/resources/firewall/index.ts'
import { interfaces } from '../../agent/resources/interfaces/index.ts'
import { startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleInput } from '../support/school.ts'

t.setTimeout(180_000)

const overlay = ['../../image/school/overlay', '../../cli/lab/overlay'].map(
  (path) => new URL(path, import.meta.url).pathname,
)

t.test('beside a directory the filters are found, also after the box has got another address', async (t) => {
  const box = await startContainer(t, { overlay })
  const { enact, prove } = enactorOn(t, box.system, [interfaces, firewall, dns])
  const state = SchoolState.parse({ ...exampleInput(), directory: { address: '10.20.0.3' } })
  await enact(state)
  const pc = await box.client('r118-pc31', 'lan0', { mac: '52:54:00:18:31:01' })
  await pc.run(['ip', 'address', 'add', '10.20.18.31/16', 'dev', 'eth0'])
  const ask = async (server: string, name: string) => {
    const { stdout } = await pc.run(['dig', '+tries=1', '+time=5', '+noall', '+comments', `@${server}`, name], {
      accept: [0, 9],
    })
    return /status: (\w+)/.exec(stdout)?.[1] ?? 'silent'
  }
  t.equal(await ask('10.20.0.1', 'server.school.schule.lan'), 'NOERROR')

  const [school, ...others] = state.networks
  if (school === undefined) throw new Error('the example school has no network')
  await enact({ ...state, networks: [{ ...school, ipv4: Ipv4Interface.parse('10.20.0.2/16') }, ...others] })
  const { stdout } = await box.system.processes.run(['ip', '-4', '-brief', 'address', 'show', 'dev', 'br-school'])
  t.match(stdout, /10\.20\.0\.3\/32 10\.20\.0\.2\/16/, "the directory's address comes first now")
  t.equal(await ask('10.20.0.2', 'server.school.schule.lan'), 'NOERROR')
  t.notMatch(await prove(), { dns: [{ code: 'dns-silent' }] })
})
