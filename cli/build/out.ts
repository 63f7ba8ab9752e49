import { join } from 'node:path'
import { toolOf } from './argv.ts'
import { putState } from './disk.ts'
import type { Format } from './formats.ts'
import type { Image } from './image.ts'
import { run, type Workshop } from './workshop.ts'

type Hands = Pick<Workshop, 'system' | 'signal'>

/**
 * Puts a built image with its papers into a folder of the user's. Copies, because the cache must stay as it is when
 * somebody writes into them.
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
  await files.makeFolder(folder)
  const parts = {
    lock: image.lock,
    sbom: image.sbom,
    ...(format === 'rootfs' ? { tree: image.tree } : {}),
    ...(format === 'raw' && image.raw !== undefined ? { raw: image.raw } : {}),
    ...(format === 'qcow2' && image.qcow2 !== undefined ? { qcow2: image.qcow2 } : {}),
  }
  const placed = Object.entries(parts).map(([part, from]) => {
    const name = part === 'tree' ? `${image.role}.rootfs` : from.slice(from.lastIndexOf('/') + 1)
    return { part, from, to: join(folder, name) }
  })
  for (const { part, from, to } of placed) {
    const half = `${to}.half`
    await files.remove(half)
    if (state === undefined || (part !== 'raw' && part !== 'qcow2')) await copy(from, half, around)
    else await makeStated(image, part, state, half, around)
    await files.remove(to)
    await run(around, ['mv', '--no-target-directory', '--', half, to])
  }
  return { ...image, ...Object.fromEntries(placed.map(({ part, to }) => [part, to])) }
}

async function copy(from: string, to: string, around: Hands): Promise<void> {
  const how = ['--archive', '--sparse=auto', '--reflink=auto', '--no-target-directory'] as const
  await run(around, ['cp', ...how, '--', from, to])
}

async function makeStated(
  image: Image,
  part: 'raw' | 'qcow2',
  state: string,
  to: string,
  around: Hands,
): Promise<void> {
  const { files } = around.system
  const { raw = '', toolbox = '' } = image
  const disk = part === 'raw' ? to : `${to}.raw`
  const document = `${to}.yaml`
  await copy(raw, disk, around)
  await files.write(document, state)
  await putState(around, toolbox, disk, document)
  await files.remove(document)
  if (part === 'raw') return
  await run(around, toolOf(toolbox, 'bin/qemu-img', 'convert', '-fraw', '-Oqcow2', disk, to))
  await files.remove(disk)
}
