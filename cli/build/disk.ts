import { join } from 'node:path'
import { toolOf } from './argv.ts'
import {
  bootEntry,
  loaderConfiguration,
  partitionNamed,
  planDisk,
  tableArguments,
  type DiskPlan,
} from './partitions.ts'
import { uuidOf } from './recipe.ts'
import { run, type Workshop } from './workshop.ts'

/** What a disk is made of. */
export interface DiskParts {
  /** The tree with the image's programs. */
  readonly toolbox: string
  readonly tree: string
  /** The root as erofs. */
  readonly root: string
  readonly digest: string
  readonly version: string
  readonly epoch: number
}

/** Assembles a whole disk as a sparse file, without loop devices or mounts. */
export async function makeDisk(shop: Workshop, parts: DiskParts, target: string): Promise<void> {
  const { files } = shop.system
  const rootBytes = (await files.stat(parts.root))?.size ?? 0
  const plan = planDisk(parts.digest, rootBytes)
  const esp = join(shop.work, 'esp.img')
  const data = join(shop.work, 'data.img')
  await makeEsp(shop, parts, plan, esp)
  await makeData(shop, parts, plan, data)
  await run(shop, ['truncate', `--size=${plan.size}M`, target])
  await run(shop, toolOf(parts.toolbox, 'sbin/sgdisk', ...tableArguments(plan), target))
  for (const [name, file] of [
    ['esp', esp],
    ['root-a', parts.root],
    ['data', data],
  ] as const) {
    const { start } = partitionNamed(plan, name)
    await run(shop, [
      'dd',
      `if=${file}`,
      `of=${target}`,
      'bs=1M',
      `seek=${start}`,
      'conv=sparse,notrunc',
      'status=none',
    ])
  }
}

async function makeEsp(shop: Workshop, parts: DiskParts, plan: DiskPlan, esp: string): Promise<void> {
  const { files } = shop.system
  const { toolbox, tree, version, epoch } = parts
  const { uuid, size } = partitionNamed(plan, 'esp')
  const env = { SOURCE_DATE_EPOCH: String(epoch) }
  await run(shop, ['truncate', `--size=${size}M`, esp])
  const volume = uuid.slice(0, 8)
  await run(shop, toolOf(toolbox, 'sbin/mkfs.vfat', '--invariant', '-F32', '-nESP', `-i${volume}`, esp), { env })

  const loader = join(shop.work, 'loader.conf')
  const entry = join(shop.work, 'slot-a.conf')
  await files.write(loader, loaderConfiguration)
  await files.write(entry, bootEntry('a', version, partitionNamed(plan, 'root-a').uuid))
  const folders = ['EFI', 'EFI/BOOT', 'EFI/systemd', 'loader', 'loader/entries', 'a']
  const mtools = mtoolsOn(shop, toolbox, esp, env)
  await mtools('mmd', ...folders.map((folder) => `::/${folder}`))
  const bootLoader = join(tree, 'usr/lib/systemd/boot/efi/systemd-bootx64.efi')
  const contents: readonly (readonly [string, string])[] = [
    [bootLoader, 'EFI/BOOT/BOOTX64.EFI'],
    [bootLoader, 'EFI/systemd/systemd-bootx64.efi'],
    [loader, 'loader/loader.conf'],
    [entry, 'loader/entries/slot-a.conf'],
    [join(tree, 'boot/vmlinuz'), 'a/vmlinuz'],
    [join(tree, 'boot/initrd.img'), 'a/initrd.img'],
  ]
  for (const [from, to] of contents) await mtools('mcopy', from, `::/${to}`)
}

type Hands = Pick<Workshop, 'system' | 'signal'>

function mtoolsOn(hands: Hands, toolbox: string, volume: string, own: Readonly<Record<string, string>> = {}) {
  // Without a chroot, the conversion of names must be found where the tool's own libraries lie.
  const env = { ...own, GCONV_PATH: join(toolbox, 'usr/lib/x86_64-linux-gnu/gconv'), MTOOLS_SKIP_CHECK: '1' }
  return (program: string, ...rest: readonly string[]) =>
    run(hands, toolOf(toolbox, 'bin/mtools', '-c', program, '-i', volume, ...rest), { env })
}

/**
 * Puts a school state on the boot partition of a finished disk, where the box finds it at its first start.
 * @param file with its text.
 */
export async function putState(hands: Hands, toolbox: string, disk: string, file: string): Promise<void> {
  const { start } = partitionNamed(planDisk('', 0), 'esp')
  const mtools = mtoolsOn(hands, toolbox, `${disk}@@${start}M`)
  await mtools('mmd', '::/iserv')
  await mtools('mcopy', file, '::/iserv/state.yaml')
}

async function makeData(shop: Workshop, parts: DiskParts, plan: DiskPlan, data: string): Promise<void> {
  const { toolbox, tree, digest, epoch } = parts
  const { size } = partitionNamed(plan, 'data')
  await run(shop, ['truncate', `--size=${size}M`, data])
  await run(
    shop,
    toolOf(
      toolbox,
      'sbin/mke2fs',
      '-q',
      '-text4',
      '-Ldata',
      `-U${uuidOf(digest, 'data file system')}`,
      // The kernel counts what each person stores; a disk that was made without can learn it only while it is not in use.
      // And it keeps folders of different projects apart: agent/accounts/folders/rooms.ts.
      '-Oquota,project',
      `-Ehash_seed=${uuidOf(digest, 'data hash seed')},root_owner=0:0,quotatype=usrquota`,
      // Blocks for root alone would be wasted: the data disk is root's own.
      '-m1',
      `-d${join(tree, 'var')}`,
      data,
    ),
    { env: { SOURCE_DATE_EPOCH: String(epoch), MKE2FS_CONFIG: join(toolbox, 'etc/mke2fs.conf') } },
  )
}
