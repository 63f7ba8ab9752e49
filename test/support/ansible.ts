import { hash } from 'node:crypto'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { System } from '../../agent/system/system.ts'
import { fetch } from '../../cli/build/fetch.ts'
import type { Image } from '../../cli/build/image.ts'
import { fileOf, parseLock } from '../../cli/build/lock.ts'
import { defaultCache } from '../../cli/build/place.ts'
import { resolve } from '../../cli/build/resolve.ts'
import { readRecipe } from '../../cli/build/role.ts'
import { workshopIn } from './workshop.ts'

/** Debian's Ansible, made ready to be laid over a box's tree, and what it checks there. */

const cache = '/var/cache/iserv-ctl/bench/ansible'

/**
 * Fetches what the tree lacks for Ansible from the archives that its image was made from, so that it runs on the Python there,
 * whatever release this machine has.
 */
export async function ansibleOverlay({ processes, files }: System, image: Image): Promise<string> {
  const shop = await workshopIn(defaultCache)
  try {
    const { archives } = await readRecipe(files, image.role, [])
    const lock = await resolve(shop, 'ansible', { packages: ['ansible-core'], tools: [], archives }, false)
    const present = parseLock(image.lock, (await files.read(image.lock)) ?? '').packages
    const lacking = lock.packages.filter(({ name }) => !present.some((one) => one.name === name))
    const overlay = join(cache, hash('sha256', JSON.stringify(lacking)).slice(0, 12))
    if ((await files.stat(overlay)) !== undefined) return overlay
    console.error(`fetching ansible-core and ${lacking.length - 1} packages that it needs …`)
    await fetch(shop, lacking, archives)
    const unpacked = join(shop.work, 'unpacked')
    for (const one of lacking) {
      await processes.run(['dpkg-deb', '--extract', join(shop.places.packages, fileOf(one)), unpacked])
    }
    await files.makeFolder(cache)
    await processes.run(['mv', '--no-target-directory', unpacked, overlay])
    return overlay
  } finally {
    await files.remove(shop.work)
  }
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
