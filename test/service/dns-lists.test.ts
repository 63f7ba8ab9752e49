import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { SchoolState } from '../../agent/model/state.ts'
import { dns } from '../../agent/resources/dns/index.ts'
import { startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleInput } from '../support/school.ts'

/** Lists of the size that filter providers publish: half a million domains. */

t.setTimeout(240_000)

const overlay = new URL('../../image/school/overlay', import.meta.url).pathname
const size = 500_000
const domain = (index: number): string => `site${index.toString(36)}.zone${index % 97}.example`

t.test('half a million domains are loaded while the resolver goes on answering', async (t) => {
  const box = await startContainer(t, { overlay: [overlay] })
  await box.system.processes.run(['ip', 'link', 'set', 'lan0', 'up'])
  await box.system.processes.run(['ip', 'address', 'add', '10.20.0.1/16', 'dev', 'lan0'])
  const client = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
  await client.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
  const ask = async (name: string): Promise<string> => {
    const { stdout } = await client.run(['dig', '+tries=1', '+time=5', '@10.20.0.1', '-p', '5400', name], {
      accept: [0, 9],
    })
    return /status: (\w+)/.exec(stdout)?.[1] ?? 'silent'
  }
  const filters = {
    lists: [{ name: 'big', domains: ['first.example'], file: 'big.txt' }],
    profiles: [{ name: 'default', block: ['big'] }],
  }
  const [network] = exampleInput().networks
  const state = SchoolState.parse({
    ...exampleInput(),
    filters,
    rooms: [],
    devices: [],
    forwards: [],
    networks: [network],
  })
  const engine = enactorOn(t, box.system, [dns])
  await engine.enact(state)
  t.equal(await ask('first.example'), 'NXDOMAIN')

  const folder = join(box.root, 'var/lib/iserv/filters')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'big.txt'),
    `${Array.from({ length: size }, (_, index) => domain(index)).join('\n')}\nbroken\n`,
  )
  const loading = engine.tend()
  const answers = new Set<string>()
  const done = loading.then(() => true)
  while (!(await Promise.race([done, ask('server.schule.lan').then((status) => (answers.add(status), false))]))) {
    // Questions go on until the lists are loaded.
  }
  t.strictSame([...answers], ['NOERROR'], 'no question was left without its answer')
  t.strictSame((await loading)['dns']?.lines, ['load the filter lists'])
  t.strictSame((await engine.tend())['dns']?.lines, [])
  for (const index of [0, size / 2, size - 1]) t.equal(await ask(`www.${domain(index)}`), 'NXDOMAIN', domain(index))
  t.match((await engine.prove())['dns'], [{}, {}, { code: 'filter-line-broken', message: /big\.txt:500001/ }])

  await box.system.units.restart('unbound.service')
  t.equal(await ask(domain(7)), 'NXDOMAIN', 'also after a start without the agent')
})
