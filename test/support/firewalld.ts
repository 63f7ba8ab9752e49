import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SchoolState } from '../../agent/model/state.ts'
import { processesOf } from '../../agent/system/processes.ts'
import { filesUnder } from '../../agent/system/files.ts'

const script = join(import.meta.dirname, 'firewalld.sh')

/** Milliseconds in which firewalld loads a house's devices by room, with its packages unpacked for this one time. */
export async function firewalldReloads({ rooms, devices }: SchoolState): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'firewalld-'))
  const processes = processesOf()
  const files = filesUnder('')
  try {
    const [packages, configuration] = [join(folder, 'packages'), join(folder, 'etc')]
    await files.makeFolder(join(folder, 'partial'))
    const download = ['--download-only', '--no-install-recommends', '-o', `Dir::Cache::archives=${folder}`] as const
    await processes.run(['apt-get', 'install', '-q', '-y', ...download, 'firewalld'], { timeout: 120_000 })
    const archives = (await readdir(folder)).filter((name) => name.endsWith('.deb'))
    for (const name of archives) await processes.run(['dpkg', '-x', join(folder, name), packages])
    // The package's own setup would choose one of its two policies.
    const policy = join(packages, 'usr/share/polkit-1/actions/org.fedoraproject.FirewallD1')
    await processes.run(['cp', `${policy}.server.policy.choice`, `${policy}.policy`])
    await files.makeFolder(join(configuration, 'firewalld/ipsets'))
    await files.makeFolder(join(configuration, 'firewalld/zones'))
    for (const { name } of rooms) {
      const entries = devices.filter(({ room }) => room === name).map(({ mac }) => `<entry>${mac}</entry>`)
      await files.write(
        join(configuration, 'firewalld/ipsets', `${name}.xml`),
        `<ipset type="hash:mac">${entries.join('')}</ipset>\n`,
      )
    }
    const rules = rooms.map(({ name }) => `<rule><source ipset="${name}"/><drop/></rule>`)
    await files.write(
      join(configuration, 'firewalld/zones/house.xml'),
      `<zone><short>house</short>${rules.join('')}</zone>\n`,
    )
    const namespaces = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child'] as const
    const { stdout } = await processes.run([...namespaces, script, packages, configuration], { timeout: 180_000 })
    return stdout.trim().split('\n').map(Number)
  } finally {
    await rm(folder, { recursive: true })
  }
}
