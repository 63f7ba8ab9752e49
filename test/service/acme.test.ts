import t from 'tap'
import { certificates } from '../../agent/resources/certificates/index.ts'
import { web } from '../../agent/resources/web/index.ts'
import { challengeFolder } from '../../agent/resources/web/render.ts'
import { startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleSchool } from '../support/school.ts'

/** An authority outside asks for the proof that a name is the box's, and gets nothing else. */

t.setTimeout(180_000)

const box = await startContainer(t, { ports: ['uplink0'] })
const { files, processes } = box.system
await processes.run(['ip', 'link', 'set', 'uplink0', 'up'])
await processes.run(['ip', 'address', 'add', '198.51.100.2/24', 'dev', 'uplink0'])
const authority = await box.client('authority', 'uplink0', { mac: '52:54:00:14:aa:01' })
await authority.run(['ip', 'address', 'add', '198.51.100.9/24', 'dev', 'eth0'])
const enactor = enactorOn(t, box.system, [certificates, web])

const ask = async (path: string): Promise<{ readonly status: string; readonly body: string }> => {
  const argv = ['curl', '--silent', '--path-as-is', '--max-time', '20', '--write-out', '\n%{http_code}'] as const
  const { stdout } = await authority.run([...argv, `http://198.51.100.2${path}`], { accept: [0, 7, 52] })
  const [status = '', ...body] = stdout.split('\n').toReversed()
  return { status, body: body.toReversed().join('\n') }
}
const place = '/.well-known/acme-challenge'
const token = 'evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA'

await files.write(`${challengeFolder}/${token}`, `${token}.thumb`, 0o644)
await processes.run(['mkdir', `${challengeFolder}/folder`])
await files.write(`${challengeFolder}/folder/inner`, 'inner', 0o644)
await files.write('/var/lib/iserv/secret', 'secret', 0o644)
await processes.run(['ln', '--symbolic', '/var/lib/iserv/secret', `${challengeFolder}/link`])

for (const from of ['school', 'uplink'] as const) {
  t.test(`where the web is open from ${from}`, async (t) => {
    const services = [{ name: 'web' as never, protocol: 'tcp' as const, ports: [80], from: [from] }]
    await enactor.enact({ ...exampleSchool(), services: services as never })
    t.strictSame(await ask(`${place}/${token}`), { status: '200', body: `${token}.thumb` })
    const others = ['', '/', '/folder', '/folder/', '/folder/inner', '/link', '/other', '/../secret', '/..%2fsecret']
    for (const path of others) {
      const { status, body } = await ask(`${place}${path}`)
      t.not(status, '200', path)
      t.notMatch(body, /inner|secret|thumb/, path)
    }
    t.equal((await ask('/')).status, '403', 'the page is for networks of the school')
  })
}

t.test('where it is open from nowhere nobody answers', async (t) => {
  await enactor.enact({ ...exampleSchool(), services: [] })
  t.equal((await ask(`${place}/${token}`)).status, '000')
})
