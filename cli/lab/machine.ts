import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import type { Argv, System } from '../../agent/system/system.ts'
import { type Box, endedEarly } from './box.ts'
import { plugged } from './fabric.ts'
import { type Ground, leafAlive, processesIn, runInGroup, startInGroup } from './group.ts'
import { board, cards, credentials, drives, lines } from './hardware.ts'
import { type Layout, namespaceOf } from './layout.ts'
import { boxMac } from './provider.ts'
import { until } from './until.ts'

/** The box as a virtual machine: the raw disk image under UEFI, its ports on the lab's switches. */
export interface Machine extends Box {
  /** Socket of the console. */
  readonly console: string
}

const firmware = { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/usr/share/OVMF/OVMF_VARS_4M.fd' }

/** The machine's files. Disk and UEFI's variables stay over a power cut. */
const filesOf = ({ folder, data }: Layout) => ({
  disk: join(data, 'disk.qcow2'),
  variables: join(data, 'efivars.fd'),
  hand: join(folder, 'hand.sock'),
  console: join(folder, 'console.sock'),
  consoleLog: join(folder, 'console.log'),
})

/** The ports of a machine. */
export interface Ports {
  /** Plugged into the switches of the same names. */
  readonly plugged: readonly string[]
  /** Without a switch: Ethernet frames come and go over the socket `NAME.wire` in the lab's folder. */
  readonly bare: readonly string[]
}

/** Makes the disk, plugs the ports in and switches the machine on. Returns before it has booted. */
export async function bootMachine(ground: Ground, image: string, ports: Ports): Promise<Machine> {
  const { layout, host } = ground
  const { disk, variables } = filesOf(layout)
  if ((await host.files.stat(firmware.code)) === undefined) {
    throw new BoxError('TOOL_MISSING', `There is no UEFI firmware at ${firmware.code}`, {
      hint: 'apt-get install ovmf',
    })
  }
  // What the machine writes goes beside the image, which stays as it was built.
  const backing = ['-f', 'qcow2', '-b', image, '-F', 'raw'] as const
  await runInGroup(ground, ['qemu-img', 'create', '-q', ...backing, disk])
  await runInGroup(ground, ['cp', firmware.variables, variables])
  const taps = ports.plugged.map((port) => ({ end: tapOf(port), port }))
  await runInGroup(ground, ['ip', '-n', namespaceOf(layout, 'switch'), '-batch', '-'], {
    input: taps.map(({ end }) => `tuntap add dev ${end} mode tap\n`).join('') + plugged(taps),
  })
  return switchOn(ground, ports)
}

/** Switches the machine on as it was left: at the first start, or after a power cut. */
export async function switchOn(ground: Ground, ports: Ports): Promise<Machine> {
  const { layout, host } = ground
  const all = [
    ...ports.plugged.map((name) => ({ name, cable: { tap: tapOf(name) } })),
    ...ports.bare.map((name) => ({ name, cable: { socket: join(layout.folder, `${name}.wire`) } })),
  ].map((port, index) => ({ ...port, mac: boxMac(index) }))
  const argv: Argv = [
    ...(['ip', 'netns', 'exec', namespaceOf(layout, 'switch'), 'qemu-system-x86_64'] as const),
    ...board(await canVirtualize(host)),
    ...drives({ ...filesOf(layout), code: firmware.code }),
    ...lines(filesOf(layout)),
    ...cards(all),
    ...(await tables(ground, credentials(all))),
  ]
  await startInGroup(ground, 'box', `${layout.folder}/box.log`, argv)
  const machine = await findMachine(ground)
  if (machine === undefined) throw endedEarly()
  return machine
}

/** The power fails: nothing is flushed, nobody is asked. */
export async function cutPower(ground: Ground): Promise<void> {
  await ground.host.processes.run(['tee', `${ground.group}/box/cgroup.kill`], { input: '1' })
  await until(async () => !(await leafAlive(ground, 'box')), { what: 'the machine to stop' })
}

/** The machine that runs; undefined when none does. */
export async function findMachine(ground: Ground): Promise<Machine | undefined> {
  const group = `${ground.group}/box`
  const [leader] = await processesIn(group, ground.host)
  if (leader === undefined) return undefined
  const { hand, console } = filesOf(ground.layout)
  return { enter: [process.execPath, join(import.meta.dirname, 'reach.ts'), hand], leader, group, console }
}

const tapOf = (port: string): string => `tap-${port}`.slice(0, 15)

/** Credentials as files that become tables of the firmware: commas and line ends are no arguments. */
async function tables({ layout, host }: Ground, all: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = join(layout.folder, 'credentials')
  await host.files.makeFolder(folder, 0o700)
  const written = Object.entries(all).map(async ([name, text]) => {
    const path = join(folder, name)
    await host.files.write(path, `io.systemd.credential.binary:${name}=${Buffer.from(text).toString('base64')}`, 0o600)
    return ['-smbios', `type=11,path=${path}`]
  })
  return (await Promise.all(written)).flat()
}

/** A device file alone proves nothing: inside a virtual machine it may be there without the processor's help. */
async function canVirtualize(host: System): Promise<boolean> {
  const processor = (await host.files.read('/proc/cpuinfo')) ?? ''
  return /\b(vmx|svm)\b/.test(processor) && (await host.files.stat('/dev/kvm')) !== undefined
}
