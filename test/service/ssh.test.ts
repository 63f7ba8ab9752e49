import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { ssh } from '../../agent/resources/ssh/index.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import { until } from '../../cli/lab/until.ts'
import { startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleSchool } from '../support/school.ts'
import { newKeyPair, sshFrom } from '../support/ssh.ts'

const authorized = '/var/lib/iserv/current/ssh/authorized_keys'
const address = '10.20.0.1'

const schoolWith = (...keys: readonly string[]): SchoolState => ({
  ...exampleSchool(),
  administration: { keys: [...keys], from: ['school'] },
})

t.test('whoever has a declared key administers the box from elsewhere, and nobody else', async (t) => {
  const box = await startContainer(t)
  const { processes, files, units } = box.system
  for (const argv of [
    ['ip', 'link', 'set', 'lan0', 'up'],
    ['ip', 'address', 'add', `${address}/16`, 'dev', 'lan0'],
  ] as const) {
    await processes.run(argv)
  }
  const client = await box.client('office', 'lan0', { mac: '52:54:00:00:00:09' })
  await client.run(['ip', 'address', 'add', '10.20.0.9/16', 'dev', 'eth0'])
  const engine = enactorOn(t, box.system, [ssh])
  const lines = async () => (await engine.tend())['ssh']?.lines
  const state = async () => (await units.status('ssh.service')).active
  const [ada, rsa, stranger] = await Promise.all([
    newKeyPair(t),
    newKeyPair(t, ['-t', 'rsa', '-b', '2048']),
    newKeyPair(t),
  ])
  const listening = async () => (await processes.run(['ss', '--no-header', '-tln', 'sport = :22'])).stdout

  await t.test('without a key there is no door', async (t) => {
    t.same((await engine.enact(schoolWith()))['ssh']?.lines, [])
    t.equal(await state(), 'inactive')
    t.equal(await listening(), '')
    await units.start('ssh.service')
    t.equal(await state(), 'inactive', 'nor when somebody starts it')
    t.same(await files.list('/var/lib/iserv/ssh'), [], 'no key of the box lies in the image')
    const { stdout } = await processes.run(['systemctl', 'list-units', '--all', '--plain', '--no-legend', '*ssh*'])
    t.notMatch(stdout, /\bactive\b/, 'no other way in that comes with the packages')
  })

  await t.test('with a key there is one', async (t) => {
    t.match((await engine.enact(schoolWith(ada.line, rsa.line)))['ssh']?.lines, [/does not run/])
    t.same(await lines(), [], 'at rest')
    for (const pair of [ada, rsa]) {
      const { stdout, stderr } = await sshFrom(client, pair, address, 'id', '-u')
      t.equal(stdout.trim(), '0', stderr)
    }
    t.equal((await files.stat(authorized))?.mode, 0o600)
    t.equal((await files.stat('/var/lib/iserv/ssh/host'))?.mode, 0o600)
    t.match(await engine.prove(), { ssh: [{ code: 'ssh-serves' }] })
  })

  await t.test('neither another key, nor a password, nor another name', async (t) => {
    t.match((await sshFrom(client, stranger, address, 'true')).stderr, /Permission denied \(publickey\)/)
    const asking = [
      '-o',
      'PubkeyAuthentication=no',
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
    ]
    const { stderr } = await client.run(['ssh', '-F', 'none', ...asking, `root@${address}`], { accept: [255] })
    t.match(stderr, /Permission denied \(publickey\)/, 'passwords are not even asked for')
    const other = await client.run(
      ['ssh', '-F', 'none', '-i', ada.file, '-o', 'BatchMode=yes', ...asking.slice(2), `nobody@${address}`],
      { accept: [255] },
    )
    t.match(other.stderr, /Permission denied/)
  })

  await t.test('whoever goes on with wrong keys is turned away, and nobody else', async (t) => {
    const pc = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
    await pc.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
    const turnedAway = async () =>
      /Not allowed at this time|Connection (reset|closed)/.test((await sshFrom(pc, stranger, address, 'true')).stderr)
    await until(turnedAway, { what: 'wrong keys to be turned away', timeout: 60_000 })
    t.equal((await sshFrom(pc, ada, address, 'true')).status, 255, 'with the right key, too')
    t.equal((await sshFrom(client, ada, address, 'true')).status, 0, 'from elsewhere it opens')
    t.match((await engine.prove())['ssh'], [{ code: 'ssh-serves' }, { code: 'ssh-waits', message: /10\.20\.14\.7/ }])
  })

  await t.test('files are brought with scp', async (t) => {
    const file = join(ada.file, '..', 'school.yaml')
    await writeFile(file, 'version: 1\n')
    const trusting = [
      '-F',
      'none',
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
      '-o',
      'BatchMode=yes',
    ]
    await client.run(['scp', '-q', ...trusting, '-i', ada.file, file, `root@${address}:/var/tmp/`])
    t.equal(await files.read('/var/tmp/school.yaml'), 'version: 1\n')
  })

  await t.test('what is changed on the box by hand is put right', async (t) => {
    await files.write(authorized, `${stranger.line}\n`, 0o600)
    t.match(await lines(), ['~ file authorized_keys'])
    t.equal((await sshFrom(client, stranger, address, 'true')).status, 255)
    await units.stop('ssh.service')
    t.match(await lines(), [/does not run/])
    t.equal((await sshFrom(client, ada, address, 'true')).status, 0)
    await processes.run(['systemctl', 'kill', '--kill-whom=main', '--signal=KILL', 'ssh.service'])
    await engine.tend()
    await until(async () => (await lines())?.length === 0, { what: 'sshd to be back' })
    await processes.run(['systemctl', 'kill', '--kill-whom=main', '--signal=STOP', 'ssh.service'])
    t.match(await ssh.prepare({ state: schoolWith(ada.line), locks: [] }).probe(box.system), [{ code: 'ssh-silent' }])
    t.match(await lines(), [/does not answer/])
    t.equal((await sshFrom(client, ada, address, 'true')).status, 0)
  })

  await t.test('the box stays known, and a key half made is made anew', async (t) => {
    const before = await files.read('/var/lib/iserv/ssh/host.pub')
    await units.restart('ssh.service')
    t.equal(await files.read('/var/lib/iserv/ssh/host.pub'), before)
    await files.write('/var/lib/iserv/ssh/host', '', 0o600)
    await units.restart('ssh.service')
    t.not(await files.read('/var/lib/iserv/ssh/host.pub'), before)
    t.same(await lines(), [])
  })

  await t.test('the journal tells who came, and not that the agent asked', async (t) => {
    const { stdout } = await processes.run(['journalctl', '--no-pager', '--output=cat', '--unit=ssh.service'])
    t.match(stdout, /Accepted publickey for root from 10\.20\.0\.9 .* SHA256:/)
    t.notMatch(stdout, /127\.0\.0\.1/)
  })

  await t.test('a key that is no longer declared opens nothing, and the last one shuts the door', async (t) => {
    await engine.enact(schoolWith(rsa.line))
    t.equal((await sshFrom(client, ada, address, 'true')).status, 255)
    t.equal((await sshFrom(client, rsa, address, 'true')).status, 0)
    t.match((await engine.enact(schoolWith()))['ssh']?.lines, ['- sshd: no key is declared'])
    t.equal(await listening(), '')
    t.same(await lines(), [])
  })

  await t.test('what OpenSSH cannot read is never made current', async (t) => {
    await t.rejects(engine.enact(schoolWith(`${ada.line.slice(0, 40)} broken`)), { code: 'SERVICE_CHECK_FAILED' })
  })
})
