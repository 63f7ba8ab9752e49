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
import { workstationOn } from '../support/workstation.ts'

/**
 * Samba's own test of file servers, against a pupil's home as the school gets it. What is left out of a suite only takes
 * long: it waits for clients that do not answer, or makes thousands of files.
 */

t.setTimeout(900_000)

interface Suite {
  readonly tests: readonly string[]
  /** What must fail, and why that is right. One that no longer fails has to go from here. */
  readonly exceptions: Readonly<Record<string, string>>
  /** Each for itself in an empty home: they leave folders behind that their makers have locked themselves out of. */
  readonly apart?: boolean
}

const upstream = 'Samba lists it among the known failures of its own file server'
const privilege = 'gives the file to somebody else, which a pupil may not'

const suites: Readonly<Record<string, Suite>> = {
  base: {
    tests: [
      'smb2.connect',
      'smb2.rw',
      'smb2.mkdir',
      ...['eof', 'position', 'dir', 'access'].map((name) => `smb2.read.${name}`),
      ...['find', 'fixed', 'one', 'modify'].map((name) => `smb2.dir.${name}`),
      ...['fsinfo', 'qfs_buffercheck', 'qfile_buffercheck', 'qsec_buffercheck', 'granted', 'normalized'].map(
        (name) => `smb2.getinfo.${name}`,
      ),
    ],
    exceptions: { one: upstream, modify: upstream, fsinfo: `${upstream}: quotas` },
  },
  create: {
    tests: [
      'gentest',
      'blob',
      'open',
      'brlocked',
      'multi',
      'delete',
      'leading-slash',
      'impersonation',
      'aclfile',
      'acldir',
      'nulldacl',
      'mkdir-dup',
      'dir-alloc-size',
      'dosattr_tmp_dir',
      'quota-fake-file',
    ].map((name) => `smb2.create.${name}`),
    exceptions: {
      gentest: upstream,
      blob: upstream,
      open: upstream,
      aclfile: privilege,
      acldir: privilege,
      'quota-fake-file': 'asks for the limits of everybody, which a pupil may not',
    },
  },
  oplock: {
    tests: [
      ...[1, 2, 3, 4, 5, 6, 9].map((number) => `smb2.oplock.exclusive${number}`),
      ...[2, 3, 4, 5, 7, 8, 13, 14, 16, 19, 20].map((number) => `smb2.oplock.batch${number}`),
      'smb2.oplock.stream1',
    ],
    exceptions: { stream1: upstream },
  },
  rename: {
    tests: ['smb2.rename'],
    exceptions: { simple_nodelete: upstream, no_share_delete_no_delete_access: upstream },
  },
  delete: { tests: ['smb2.delete-on-close-perms'], exceptions: {} },
  acls: {
    tests: [
      'CREATOR',
      'GENERIC',
      'OWNER',
      'INHERITANCE',
      'INHERITFLAGS',
      'DYNAMIC',
      'OWNER-RIGHTS',
      'OWNER-RIGHTS-DENY',
      'OWNER-RIGHTS-DENY1',
      'DENY1',
      'MXAC-NOT-GRANTED',
      'OVERWRITE_READ_ONLY_FILE',
      'SDFLAGSVSCHOWN',
    ].map((name) => `smb2.acls.${name}`),
    exceptions: { SDFLAGSVSCHOWN: privilege },
    apart: true,
  },
}

const password = 'Regenbogen-7'
const people = [somebody('ada', 100_001)]
const box = await startDirectory(t, { resources: [shares] })
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
await pc.write('/root/ada', `username=ada\npassword=${password}\ndomain=SCHULE\n`, '0600')

/** Names that a suite reported with one of these words. */
const reported = (output: string, words: string): readonly string[] =>
  [...output.matchAll(new RegExp(`^(?:${words}): (\\S+)`, 'gm'))].map(([, name = '']) => name)

async function torture(tests: readonly string[]): Promise<string> {
  await box.system.processes.run(['find', '/var/srv/homes/ada', '-mindepth', '1', '-delete'])
  const argv = ['smbtorture', '//dc1.schule.lan/home', '--target=samba3', '--authentication-file=/root/ada'] as const
  const { stdout } = await pc.run([...argv, ...tests], { accept: [0, 1], timeout: 300_000 })
  return stdout
}

for (const [name, { tests, exceptions, apart = false }] of Object.entries(suites)) {
  t.test(name, async (t) => {
    const runs = apart ? tests.map((one) => [one]) : [tests]
    const outputs: string[] = []
    for (const run of runs) outputs.push(await torture(run))
    const stdout = outputs.join('\n')
    const begun = reported(stdout, 'test')
    const passed = reported(stdout, 'success')
    const failed = reported(stdout, 'failure|error')
    t.strictSame(failed.toSorted(), Object.keys(exceptions).toSorted(), 'what fails is what is listed')
    t.strictSame([...passed, ...failed].toSorted(), begun.toSorted(), 'everything that was begun was tried to its end')
    t.ok(passed.length > 0, `${passed.length} passed`)
    if (!t.passing()) t.comment(stdout)
  })
}
