import t from 'tap'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { begin, labFor, run } from '../support/lab.ts'
import { exampleText } from '../support/school.ts'
import { tracesOf } from '../support/traces.ts'

/** The lab with a virtual machine, as people use it: by its commands. */

t.test('up, look around, apply a school, use it, down', async (t) => {
  const name = labFor(t)
  const lab = (verb: string, ...words: readonly string[]) => run('lab', verb, '--name', name, ...words)
  const up = await lab('up', '--vm', '--json')
  t.equal(up.status, 0, up.err)
  t.match(JSON.parse(up.out), { name, kind: 'machine', phase: 'running', source: /\.raw$/ })

  const statusOf = async () =>
    JSON.parse((await lab('status', '--json')).out) as { readonly clients: readonly unknown[] }
  t.match(await statusOf(), { box: { state: 'running', failed: [], source: /\.raw$/ } })

  const inside = ['lab', 'shell', '--name', name, '--'] as const
  const look = 'cat; findmnt -no FSTYPE /; ls -d /sys/firmware/efi; echo complaint >&2; exit 7'
  const looked = await begin([...inside, 'sh', '-c', look], 'heard\n').ended
  t.match(looked, { status: 7, out: 'heard\nerofs\n/sys/firmware/efi\n', err: 'complaint' })

  const applied = await begin([...inside, 'iserv-ctl', 'state', 'apply', '-'], exampleText()).ended
  t.equal(applied.status, 0, applied.err)
  const page = `http://${internet.host}/`
  const reached = async () => (await lab('client', 'r214-pc07', '--', 'curl', '-s', '--max-time', '10', page)).out
  await until(async () => (await reached()).includes(`Hello ${internet.boxAddress}`), {
    what: 'a device to reach the internet through the machine',
    timeout: 300_000,
  })
  t.match((await statusOf()).clients[0], { name: 'r214-pc07', addresses: ['10.20.14.7'] })

  t.match(await lab('up', '--vm'), { status: 6, err: /runs already/ })
  t.match(await lab('down'), { status: 0, out: /is gone/ })
  t.strictSame(await tracesOf(name), [])
  t.match(await lab('status'), { status: 6, err: /lab up/ })
})

t.test('up is killed while the machine boots: down clears everything away', async (t) => {
  const name = labFor(t)
  const { child, ended } = begin(['lab', 'up', '--vm', '--name', name])
  await until(async () => (await tracesOf(name)).some((line) => /^process \d+ qemu-system/.test(line)), {
    what: 'the machine to be switched on',
    timeout: 600_000,
  })
  child.kill('SIGKILL')
  await ended
  t.match(await run('lab', 'status', '--name', name), { status: 6 })
  // Another test that looks for abandoned labs may have been quicker.
  t.match(await run('lab', 'down', '--name', name), { status: 0 })
  t.strictSame(await tracesOf(name), [])
})
