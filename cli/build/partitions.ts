import { uuidOf } from './recipe.ts'

/** How a disk of an appliance is laid out (GPT). Pure. */

export interface Partition {
  readonly name: 'esp' | 'root-a' | 'root-b' | 'data'
  /** sgdisk's code of the partition type: ef00 EFI system, 8304 Linux root x86-64, 8300 Linux data. */
  readonly type: string
  readonly uuid: string
  /** MiB from the start of the disk. */
  readonly start: number
  /** MiB. */
  readonly size: number
}

export interface DiskPlan {
  readonly uuid: string
  /** MiB, with the two tables of GPT. */
  readonly size: number
  readonly partitions: readonly Partition[]
}

/** Room for three kernels with their ramdisks: two slots and an update on its way. */
const espSize = 256
/** Smallest slot: twice today's root, because a box cannot grow its slots later. */
const slotSize = 1024
/** As delivered; grows to the end of the disk at the first start. */
const dataSize = 1024

/**
 * @param digest of the image: the same image has the same identifiers.
 * @param rootBytes size of the root file system; both slots have room for it and half as much again.
 */
export function planDisk(digest: string, rootBytes: number): DiskPlan {
  const slot = Math.max(slotSize, Math.ceil((rootBytes * 1.5) / 2 ** 20 / 256) * 256)
  const wanted = [
    { name: 'esp', type: 'ef00', size: espSize },
    { name: 'root-a', type: '8304', size: slot },
    { name: 'root-b', type: '8304', size: slot },
    { name: 'data', type: '8300', size: dataSize },
  ] as const
  const partitions = wanted.map((one, index) => ({
    ...one,
    uuid: uuidOf(digest, one.name),
    start: 1 + wanted.slice(0, index).reduce((sum, { size }) => sum + size, 0),
  }))
  const end = partitions.reduce((last, { start, size }) => Math.max(last, start + size), 0)
  return { uuid: uuidOf(digest, 'disk'), size: end + 1, partitions }
}

export function partitionNamed(plan: DiskPlan, name: Partition['name']): Partition {
  const found = plan.partitions.find((one) => one.name === name)
  if (found === undefined) throw new Error(`the disk plan lacks ${name}`)
  return found
}

/** Arguments of sgdisk that write the plan's table. */
export function tableArguments({ uuid, partitions }: DiskPlan): readonly string[] {
  return [
    '--clear',
    `--disk-guid=${uuid}`,
    ...partitions.flatMap(({ name, type, uuid: own, start, size }, index) => [
      `--new=${index + 1}:${start}MiB:+${size}MiB`,
      `--typecode=${index + 1}:${type}`,
      `--partition-guid=${index + 1}:${own}`,
      `--change-name=${index + 1}:${name}`,
    ]),
  ]
}

/**
 * The boot loader's entry of a slot (Boot Loader Specification, type 1). An update writes the other slot's entry as
 * `slot-b+3.conf`: systemd-boot counts such a name's tries down; a name without a number is proven.
 */
export function bootEntry(slot: 'a' | 'b', version: string, root: string): string {
  const options = [
    `root=PARTUUID=${root}`,
    'rootfstype=erofs',
    'ro',
    // The firmware's number makes a lasting machine id although /etc is read-only and the image holds none.
    'systemd.machine_id=firmware',
    // A slow disk or an emulated machine needs more than the usual 90 s.
    'systemd.default_device_timeout_sec=300',
    'console=tty0',
    'console=ttyS0,115200',
    // What the monitor shows is for people; the kernel's messages are in the journal.
    'quiet',
    // Nobody stands beside the box: after a kernel panic it starts again.
    'panic=10',
  ]
  return `title School server, slot ${slot}
version ${version}
sort-key ${slot === 'a' ? '0' : '1'}
linux /${slot}/vmlinuz
initrd /${slot}/initrd.img
options ${options.join(' ')}
`
}

export const loaderConfiguration = `timeout 2
editor no
`
