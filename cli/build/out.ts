import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import { toolOf } from './argv.ts'
import { putState } from './disk.ts'
import type { Format } from './formats.ts'
import { gigabytes } from './host.ts'
import type { Image } from './image.ts'
import { interrupted, run, type Workshop } from './workshop.ts'

type Hands = Pick<Workshop, 'system' | 'signal'>

/** A part of an image and where it goes. */
interface Placed {
  readonly part: 'lock' | 'sbom' | 'tree' | 'raw' | 'qcow2'
  readonly from: string
  readonly name: string
}

/**
 * Puts a built image with its papers into a folder of the user's. Copies, because the cache must stay as it is when
 * somebody writes into them. What is half done lies in one folder there that is gone in the end: with a school state it
 * holds more than others should read.
 * @param state text of a school state for the disk: that disk differs from others in its boot partition only.
 */
export async function handOut(
  image: Image,
  folder: string,
  format: Format,
  around: Hands,
  state?: string,
): Promise<Image> {
  const { files } = around.system
  const placed = partsOf(image, format)
  await files.makeFolder(folder)
  const half = join(folder, `.${image.role}.half`)
  try {
    // Of a process that was killed.
    await files.remove(half)
    await files.makeFolder(half, 0o700)
    await checkSpace(image, placed, folder, around, state)
    for (const one of placed) await make(image, one, half, around, state)
    for (const { name } of placed) {
      await files.remove(join(folder, name))
      await files.rename(join(half, name), join(folder, name))
    }
  } catch (error) {
    throw around.signal.aborted ? interrupted(error) : error
  } finally {
    await files.remove(half)
  }
  return { ...image, ...Object.fromEntries(placed.map(({ part, name }) => [part, join(folder, name)])) }
}

function partsOf(image: Image, format: Format): readonly Placed[] {
  const { role, lock, sbom, tree, raw, qcow2 } = image
  const disk = { rootfs: undefined, raw, qcow2 }[format]
  return [
    { part: 'lock', from: lock, name: `${role}.lock.json` },
    { part: 'sbom', from: sbom, name: `${role}.cdx.json` },
    ...(format === 'rootfs' ? [{ part: 'tree', from: tree, name: `${role}.rootfs` } as const] : []),
    ...(format === 'rootfs' || disk === undefined ? [] : [{ part: format, from: disk, name: `${role}.${format}` }]),
  ]
}

/** @throws `DISK_FULL` before anything is copied. */
async function checkSpace(
  image: Image,
  placed: readonly Placed[],
  folder: string,
  around: Hands,
  state?: string,
): Promise<void> {
  // A disk for virtual machines with a state is made from a plain one.
  const plain = state !== undefined && placed.some(({ part }) => part === 'qcow2') ? [image.raw ?? ''] : []
  const paths = [...placed.map(({ from }) => from), ...plain]
  // Disks have holes, which take no space.
  const { stdout } = await run(around, ['du', '--summarize', '--total', '--block-size=1', '--', ...paths])
  const needed = Number(/^(\d+)\ttotal$/m.exec(stdout)?.[1])
  const { free } = await around.system.files.space(folder)
  if (free >= needed) return
  const [wanted, there] = [gigabytes(needed), gigabytes(free)]
  throw new BoxError('DISK_FULL', `The image needs ${wanted} in ${folder}, where ${there} are free`, {
    hint: 'Free some space there, or name another folder with --out. The image itself is built and in the cache.',
  })
}

async function make(image: Image, { part, from, name }: Placed, half: string, around: Hands, state?: string) {
  const to = join(half, name)
  if (state === undefined || (part !== 'raw' && part !== 'qcow2')) return copy(from, to, around)
  const { raw = '', toolbox = '' } = image
  const disk = join(half, `${image.role}.raw`)
  const document = join(half, 'state.yaml')
  await copy(raw, disk, around)
  await around.system.files.write(document, state)
  await putState(around, toolbox, disk, document)
  if (part === 'qcow2') await run(around, toolOf(toolbox, 'bin/qemu-img', 'convert', '-fraw', '-Oqcow2', disk, to))
}

async function copy(from: string, to: string, around: Hands): Promise<void> {
  const how = ['--archive', '--sparse=auto', '--reflink=auto', '--no-target-directory'] as const
  await run(around, ['cp', ...how, '--', from, to])
}
