import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { settleFolders } from '../../agent/accounts/folders/settle.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import { shares } from '../../agent/resources/shares/index.ts'
import { startDirectory } from '../support/directory.ts'
import { registerOf, somebody } from '../support/files-people.ts'
import { enterPeople } from '../support/share-people.ts'
import { type Group, groups, otherGroups } from '../support/smbtorture.ts'
import { workstationOn } from '../support/workstation.ts'

/** Samba's own test of file servers, against pupils' homes as the school gets them. */

t.setTimeout(900_000)

const password = 'Regenbogen-7'
/** Most of the tests wait most of the time: several groups at once, each in a home of its own. */
const lanes = ['ada', 'bob', 'cleo', 'dora']
const people = lanes.map((login, index) => somebody(login, 100_001 + index))
const box = await startDirectory(t, { resources: [shares] })
const { files, processes } = box.system
await enterPeople(box.system.directory, people, password)
const folder = mkdtempSync(join(tmpdir(), 'iserv-smbtorture-'))
const { ledger } = openLedger(join(folder, 'ledger.sqlite'), Date.now())
t.teardown(() => {
  ledger.close()
  rmSync(folder, { recursive: true })
})
const watch = { trusted: () => Date.now() }
await settleFolders({ register: registerOf(people), state: box.school }, { system: box.system, ledger, watch })
const pc = await workstationOn(await box.device('r214-pc07', 7))
for (const lane of lanes) {
  await pc.write(`/root/${lane}`, `username=${lane}\npassword=${password}\ndomain=SCHULE\n`, '0600')
}

const all = (await pc.run(['smbtorture', '--list'])).stdout.split('\n').filter((name) => /^(?:base|smb2)\./.test(name))

/** The tests of a group, without what is omitted. */
const within = (group: string): readonly string[] => all.filter((name) => name.startsWith(`${group}.`))
const omits = (group: string, name: string): boolean =>
  Object.keys(groups[group]?.omitted ?? {}).some((beginning) => name.startsWith(`${group}.${beginning}`))

/** Names that were reported with one of these words. */
const reported = (output: string, words: string): readonly string[] =>
  [...output.matchAll(new RegExp(`^(?:${words}): (.+?)(?: \\[)?$`, 'gm'))].map(([, name = '']) => name)

async function torture(tests: readonly string[], lane: string, ...options: readonly string[]): Promise<string> {
  await processes.run(['find', `/var/srv/homes/${lane}`, '-mindepth', '1', '-delete'])
  const argv = [
    'smbtorture',
    '//dc1.schule.lan/home',
    '--target=samba3',
    `--authentication-file=/root/${lane}`,
  ] as const
  const { stdout, stderr } = await pc.run([...argv, ...options, ...tests], { accept: [0, 1], timeout: 300_000 })
  return stdout + stderr
}

/** What a group said, and how it ended. */
async function run(name: string, { apart = false }: Group, lane: string): Promise<string> {
  const tests = within(name).filter((one) => !omits(name, one))
  const oldest = name === 'base' ? ['--option=client min protocol=NT1'] : []
  const outputs: string[] = []
  for (const some of apart ? tests.map((one) => [one]) : [tests]) outputs.push(await torture(some, lane, ...oldest))
  return outputs.join('\n')
}

const asShipped = await torture(['base.unlink.unlink'], 'ada', '--option=client min protocol=NT1')

/** What the server of a school does not have: SMB 1, and a share that is named like in the tests. */
const path = '/var/lib/iserv/current/directory/smb.conf'
const text = (await files.read(path)) ?? ''
await files.makeFolder('/var/srv/hideunread')
await processes.run(['chmod', '1777', '/var/srv/hideunread'])
const opened = text.replace('server min protocol = SMB2_10', 'server min protocol = NT1')
if (opened === text) throw new TypeError('SMB 1 has no lock to open')
await processes.run(['tee', path], {
  input: `${opened}[hideunread]\n  path = /var/srv/hideunread\n  read only = no\n  hide unreadable = yes\n`,
})
await processes.run(['smbcontrol', 'smbd', 'reload-config'])

const outputs = new Map<string, string>()
/** The longest first, so that the lanes end together. */
const waiting = Object.entries(groups).toSorted(([one], [other]) => within(other).length - within(one).length)
await Promise.all(
  lanes.map(async (lane) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, group] = next
      outputs.set(name, await run(name, group, lane))
    }
  }),
)

t.test('SMB 1 is refused at the first word', (t) => {
  t.match(asShipped, /No compatible protocol selected by server/)
  t.strictSame(reported(asShipped, 'success'), [])
  t.end()
})

t.test('nothing is left out without a word', (t) => {
  for (const [name, { omitted = {} }] of Object.entries(groups)) {
    t.ok(within(name).length > 0, `${name} is in the list`)
    for (const beginning of Object.keys(omitted)) {
      t.ok(
        within(name).some((one) => one.startsWith(`${name}.${beginning}`)),
        `${name}.${beginning} is in the list`,
      )
    }
  }
  const unnamed = all.filter(
    (one) =>
      !Object.keys(groups).some((name) => one.startsWith(`${name}.`)) &&
      !Object.keys(otherGroups).some((beginning) => one.startsWith(`smb2.${beginning}`)),
  )
  t.strictSame(unnamed, [])
  for (const beginning of Object.keys(otherGroups)) {
    t.ok(
      all.some((one) => one.startsWith(`smb2.${beginning}`)),
      `smb2.${beginning} is in the list`,
    )
  }
  t.end()
})

for (const [name, { failing = {}, skipping = {} }] of Object.entries(groups)) {
  t.test(name, (t) => {
    const stdout = outputs.get(name) ?? ''
    const last = (one: string): string => one.split('.').at(-1) ?? ''
    const names = (some: object): readonly string[] => Object.keys(some).map(last).toSorted()
    const expected = within(name).filter((one) => !omits(name, one))
    const [passed, failed, skipped] = ['success', 'failure|error', 'skip'].map((words) => reported(stdout, words))
    t.strictSame(failed?.toSorted(), names(failing), 'what fails is what is listed')
    t.strictSame(skipped?.toSorted(), names(skipping), 'so is what says by itself that it does not apply')
    const ended = [...(passed ?? []), ...(failed ?? []), ...(skipped ?? [])]
    t.strictSame(ended.toSorted(), expected.map(last).toSorted(), 'everything else passed')
    if (!t.passing()) t.comment(stdout)
    t.end()
  })
}
