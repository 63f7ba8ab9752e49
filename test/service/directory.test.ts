import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { certificateFile, madeFile, provisionUnit } from '../../agent/resources/directory/paths.ts'
import type { System } from '../../agent/system/system.ts'
import { until } from '../../cli/lab/until.ts'
import { directoryAddress, startDirectory } from '../support/directory.ts'

t.setTimeout(600_000)

t.test('a directory from the cache serves, and a second look finds nothing to do', async (t) => {
  const { engine, system } = await startDirectory(t)
  t.strictSame((await engine.tend())['directory']?.lines, [])
  t.match((await engine.prove())['directory'], [{ code: 'directory-serves' }])
  const [group] = await system.directory.search({
    base: 'OU=Groups,OU=School,DC=schule,DC=lan',
    scope: 'one',
    filter: '(sAMAccountName=teachers)',
    attributes: ['gidNumber', 'displayName'],
  })
  t.match(group?.attributes, { gidNumber: ['50002'], displayName: ['Lehrkräfte'] })

  const { files, processes } = system
  await processes.run(['touch', '--date=+1 hour', certificateFile])
  t.strictSame((await engine.tend())['directory']?.lines, [], 'whatever the time of its certificate')
  await files.remove(certificateFile)
  t.match((await engine.tend())['directory']?.lines, ['~ domain controller started: it has another certificate'])
  const shown = await processes.run(['openssl', 's_client', '-connect', `${directoryAddress}:636`], { input: '' })
  const { fingerprint256 } = new X509Certificate(shown.stdout)
  t.equal(fingerprint256, new X509Certificate((await files.read(certificateFile)) ?? '').fingerprint256)
})

t.test('a directory that was half made is made anew, and a whole one never again', async (t) => {
  const { engine, school, system } = await startDirectory(t)
  const { files, processes, units } = system
  const identity = async (): Promise<unknown> => {
    const base = { base: 'DC=schule,DC=lan', scope: 'base', filter: '(objectClass=*)' } as const
    return (await system.directory.search({ ...base, attributes: ['objectSid'], binary: ['objectSid'] }))[0]?.attributes
  }
  const first = await identity()
  await engine.enact(school)
  t.strictSame(await identity(), first, 'a whole one stays')

  await units.stop('samba-ad-dc.service')
  await processes.run(['find', '/var/lib/samba', '-mindepth', '1', '-delete'])
  await processes.run(['systemd-tmpfiles', '--create'], { accept: [0, 65, 73] })
  const making = engine.enact(school).catch((error: unknown) => error)
  const database = '/var/lib/samba/private/sam.ldb'
  await until(async () => (await files.stat(database)) !== undefined, { what: 'a database', timeout: 60_000, every: 1 })
  await processes.run(['systemctl', 'kill', '--signal=KILL', provisionUnit])
  await making
  t.equal(await files.stat(madeFile), undefined)
  t.ok(await files.stat(database), 'half of it is there')

  // A busy systemd lets the making wait for its turn.
  const turn = await holdUp(system, provisionUnit)
  const madeAnew = engine.enact(school)
  await until(turn.isWaiting, { what: 'the making to be queued' })
  await turn.release()
  await madeAnew
  t.match((await engine.prove())['directory'], [{ code: 'directory-serves' }])
  t.notSame(await identity(), first)
})

/** Keeps a unit's job in the queue until it is released. */
async function holdUp({ files, processes }: System, unit: string) {
  const units = '/run/systemd/system'
  const gate = '/run/gate'
  await files.makeFolder(`${units}/${unit}.d`, 0o755)
  await files.write(`${units}/${unit}.d/gate.conf`, '[Unit]\nAfter=gate.service\n')
  // A pipe that nobody writes to: the one before ends when somebody does.
  await files.write(`${units}/gate.service`, `[Service]\nType=oneshot\nExecStart=/usr/bin/cat ${gate}\n`)
  await processes.run(['mkfifo', gate])
  await processes.run(['systemctl', 'daemon-reload'])
  await processes.run(['systemctl', 'start', '--no-block', 'gate.service'])
  return {
    isWaiting: async () => {
      const { stdout } = await processes.run(['systemctl', 'list-jobs', '--no-legend'])
      return stdout.split('\n').some((job) => job.includes(unit) && job.includes('waiting'))
    },
    release: () => processes.run(['dd', `of=${gate}`, 'count=0', 'status=none'], { input: '' }),
  }
}
