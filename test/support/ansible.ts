import { join } from 'node:path'
import { stringify } from 'yaml'
import type { System } from '../../agent/system/system.ts'

/** Debian's Ansible, made ready to be laid over a box's tree, and what it checks there. */

const cache = '/var/cache/iserv-ctl/bench/ansible'

/** Fetches Ansible and whatever the tree lacks for it from the machine's own archives, once. */
export async function ansibleOverlay({ processes, files }: System, tree: string): Promise<string> {
  const overlay = join(cache, 'overlay')
  if ((await files.stat(join(overlay, 'usr/bin/ansible-playbook'))) !== undefined) return overlay
  console.error('fetching ansible-core …')
  await files.makeFolder(join(cache, 'archives/partial'))
  await processes.run(
    [
      'apt-get',
      'install',
      '--yes',
      '--download-only',
      '--no-install-recommends',
      // What the box has need not be fetched; what this machine has says nothing.
      '--option',
      `Dir::State::status=${tree}/usr/lib/sysimage/dpkg/status`,
      '--option',
      `Dir::Cache::archives=${cache}/archives`,
      'ansible-core',
    ],
    { timeout: 600_000 },
  )
  const packages = (await files.list(join(cache, 'archives'))).filter((name) => name.endsWith('.deb'))
  const unpacked = join(cache, 'unpacked')
  await files.remove(unpacked)
  for (const name of packages) await processes.run(['dpkg-deb', '--extract', join(cache, 'archives', name), unpacked])
  const python = (await files.list(join(unpacked, 'usr/bin'))).find((name) => /^python3\.\d+$/.test(name)) ?? 'python3'
  await files.link(join(unpacked, 'usr/bin/python3'), python)
  await processes.run(['mv', '--no-target-directory', unpacked, overlay])
  return overlay
}

interface Task {
  readonly name: string
  readonly [module: string]: unknown
}

const things = 50
const current = '/var/lib/iserv/current'

/** Ansible compares with files of its own, as it would bring them along. */
const wanted = '/tmp/wanted'

/**
 * Fifty of the things that the agent looks at: its files, its services, addresses, rules, packages. What Ansible has
 * a module for is checked by it, the rest by the command an administrator would use.
 */
export async function fiftyThings({ processes }: System): Promise<readonly Task[]> {
  await processes.run(['cp', '--dereference', '--recursive', current, wanted])
  const { stdout } = await processes.run(['find', wanted, '-type', 'f', '-not', '-name', 'generation.json'])
  const files = stdout.trim().split('\n').toSorted()
  const copies = files.map((src) => {
    const dest = src.replace(wanted, current)
    return { name: `file ${dest}`, copy: { src, dest, mode: 'preserve' } }
  })
  const services = ['kea-dhcp4-server', 'unbound', 'chrony', 'systemd-networkd', 'nginx', 'iserv-agent'].map(
    (name) => ({ name: `service ${name}`, systemd_service: { name, state: 'started' } }),
  )
  const bridges = ['br-school', 'br-teachers', 'br-wlan', 'br-guest', 'uplink0', 'lan0', 'lan1', 'lan2', 'guest0']
  const settings = ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding']
  const packages = ['kea-dhcp4-server', 'unbound', 'chrony', 'nftables', 'nginx-light', 'iproute2', 'dbus', 'udev']
  const commands = [
    ['nft', '--json', 'list', 'table', 'inet', 'iserv'],
    ['unbound-control', 'list_forwards'],
    ['unbound-control', 'list_local_data'],
    ['chronyc', '-n', 'sources'],
    ['ip', '-json', 'route', 'show'],
    ['ip', '-json', '-6', 'route', 'show'],
    ['networkctl', 'list', '--json=short'],
    ['readlink', current],
    ...bridges.map((name) => ['ip', '-json', 'address', 'show', 'dev', name]),
    ...settings.map((name) => ['sysctl', '-n', name]),
    ...packages.map((name) => ['dpkg-query', '--show', name]),
    ...bridges.map((name) => ['networkctl', 'status', '--json=short', name]),
  ].map((argv) => ({
    name: argv.join(' '),
    command: { argv },
    changed_when: false,
    // Commands are left out of a check unless told so.
    check_mode: false,
  }))
  return [...copies, ...services, ...commands].slice(0, things)
}

/** Seconds of processor time that Ansible takes to find everything as it should be. */
export async function ansibleCheck({ processes, files }: System, tasks: readonly Task[]): Promise<number> {
  await files.write('/tmp/check.yaml', stringify([{ hosts: 'localhost', gather_facts: false, tasks }]))
  const command = `env ${environment} ansible-playbook --check --inventory localhost, --connection local /tmp/check.yaml`
  const { stdout, stderr } = await processes.run(['bash', '-c', `TIMEFORMAT='%U %S'; time ${command}`], {
    timeout: 900_000,
    accept: [0, 2],
  })
  if (!new RegExp(`ok=${tasks.length} +changed=0 `).test(stdout)) throw new Error(`Ansible says: ${stdout}${stderr}`)
  const [user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return user + system
}

/** The box is read-only but for /tmp, where Python then also keeps what it has compiled. */
const environment = 'HOME=/tmp ANSIBLE_REMOTE_TEMP=/tmp/.ansible/tmp PYTHONPYCACHEPREFIX=/tmp/.pycache'
