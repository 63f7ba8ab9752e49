import t from 'tap'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { begin, labFor, run } from '../support/lab.ts'
import { tracesOf } from '../support/traces.ts'

/** The lab as people use it: by its commands. */

t.test('start, look around, down', async (t) => {
  const name = labFor(t)
  const started = await run('lab', 'start', '--name', name, '--json')
  t.equal(started.status, 0, started.err)
  t.match(JSON.parse(started.out), { name, visit: { client: 'r214-pc07', address: '10.20.14.7', page: /^Hello/ } })

  const inside = ['lab', 'shell', '--name', name, '--', 'sh', '-c'] as const
  const changed =
    "iserv-ctl state export | sed 's/name: Gymnasium am Beispielweg/name: Unsere Schule/' | iserv-ctl state apply -"
  t.match(await run(...inside, changed), { status: 0 })
  const again = await run('lab', 'start', '--name', name)
  t.equal(again.status, 0, again.err)
  t.match(again.err, 'runs already')
  t.match(again.err, 'keeps generation 2')
  t.match((await run(...inside, 'iserv-ctl state export')).out, 'name: Unsere Schule')
  t.match(again.out, `./iserv-ctl lab shell --name ${name} -- iserv-ctl room lock r214`)
  t.match(again.out, `./iserv-ctl lab down --name ${name}`)
  t.match((await run('lab', 'list')).out, new RegExp(`${name} +running +container +5`))
  t.match(await run(...inside, 'test -d /var/lib/iserv/filters'), { status: 0 }, 'where lists of filters belong')
  t.match(await run(...inside, 'iserv-ctl guide show state'), { status: 0, out: /^# / })
  t.match(await run(...inside, 'iserv-ctl guide show example | iserv-ctl state check -'), { status: 0 })

  const status = await run('lab', 'status', '--name', name, '--json')
  const { box, clients } = JSON.parse(status.out) as { box: unknown; clients: readonly unknown[] }
  t.match(box, { state: 'running', failed: [] })
  t.match(clients[0], { name: 'r214-pc07', port: 'lan0', addresses: ['10.20.14.7', /^fd20:1::/] })

  const shell = await run('lab', 'shell', '--name', name, '--', 'sh', '-c', 'hostname; exit 7')
  t.match(shell, { status: 7, out: /school|server/ })

  const asleep = begin(['lab', 'shell', '--name', name, '--', 'sleep', '4242'])
  const sleeps = async () => (await tracesOf(name)).some((line) => /^process \d+ sleep 4242/.test(line))
  await until(sleeps, { what: 'the program to run' })
  asleep.child.kill('SIGTERM')
  t.match(await asleep.ended, { status: 130, err: /Interrupted/ })
  await until(async () => !(await sleeps()), { what: 'the program on the server to end, too' })

  const page = `http://www.${internet.domain}/`
  const phone = await run('lab', 'client', 'phone', '--name', name, '--', 'curl', '-4', '-s', '--max-time', '10', page)
  t.match(phone.out, `Hello ${internet.boxAddress}`, 'a device without a lease asks for one first')

  const wrong = await run('lab', 'client', 'fone', '--name', name, '--', 'true')
  t.equal(wrong.status, 3)
  t.match(wrong.err, 'Did you mean phone?')

  t.equal((await run('lab', 'up', '--name', name)).status, 6, 'a lab that runs is not built again')
  t.match(await run('lab', 'down', '--name', name), { status: 0, out: /is gone/ })
  t.strictSame(await tracesOf(name), [])
  t.match(await run('lab', 'down', '--name', name), { status: 0, out: /There is no lab/ })
  t.match(await run('lab', 'status', '--name', name), { status: 6, err: /lab up/ })
})

t.test('Ctrl-C while the lab is built leaves nothing', async (t) => {
  const name = labFor(t)
  const up = begin(['lab', 'up', '--name', name])
  const own = `process ${up.child.pid} `
  await until(
    async () => (await tracesOf(name)).some((line) => line.includes('systemd-nspawn') && !line.startsWith(own)),
    { what: 'the container to start', every: 5, timeout: 600_000 },
  )
  up.child.kill('SIGINT')
  t.match(await up.ended, { status: 130, err: /Interrupted/ })
  t.strictSame(await tracesOf(name), [])
})
