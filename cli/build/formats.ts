import { join } from 'node:path'
import { toolOf } from './argv.ts'
import { makeDisk } from './disk.ts'
import type { Image } from './image.ts'
import { writeImage } from './keep.ts'
import { makeRoot } from './root.ts'
import type { Stages } from './stages.ts'
import { run, type Workshop } from './workshop.ts'

export const formats = ['rootfs', 'raw', 'qcow2'] as const
export type Format = (typeof formats)[number]

/** What is done for a format after its tree. */
export const stagesOfFormat = {
  rootfs: [],
  raw: ['root', 'disk'],
  qcow2: ['root', 'disk', 'qcow2'],
} as const satisfies Record<Format, readonly string[]>

interface Made {
  readonly image: Image
  /** The tree with the image's programs. */
  readonly toolbox: string
  readonly epoch: number
}

/** Adds what a format needs to an image: tree → root → raw → qcow2, each kept beside the others and made once. */
export async function addFormats(shop: Workshop, made: Made, format: Format): Promise<Image> {
  const { toolbox, epoch } = made
  const { tree, digest, version, role, folder } = made.image
  const root = join(folder, `${role}.erofs`)
  const raw = join(folder, `${role}.raw`)
  const qcow2 = join(folder, `${role}.qcow2`)
  await keep(shop, 'root', root, (target) => makeRoot(shop, toolbox, { tree, digest, epoch }, target))
  await keep(shop, 'disk', raw, (target) => makeDisk(shop, { toolbox, tree, root, digest, version, epoch }, target))
  if (format === 'qcow2') {
    await keep(shop, 'qcow2', qcow2, async (target) => {
      await run(shop, toolOf(toolbox, 'bin/qemu-img', 'convert', '-fraw', '-Oqcow2', raw, target))
    })
  }
  const image: Image = { ...made.image, toolbox, root, raw, ...(format === 'qcow2' ? { qcow2 } : {}) }
  await writeImage(shop, folder, image)
  return image
}

/** Makes a file in the working folder and moves it to its place when it is whole. */
async function keep(
  shop: Workshop,
  stage: Parameters<Stages['run']>[0],
  place: string,
  make: (target: string) => Promise<void>,
): Promise<void> {
  const { files } = shop.system
  if ((await files.stat(place)) !== undefined) return shop.stages.skip(stage, 'cached')
  const half = join(shop.work, stage)
  await shop.stages.run(
    stage,
    '',
    async () => {
      await make(half)
      await run(shop, ['mv', '--no-target-directory', half, place])
      return (await files.stat(place))?.size ?? 0
    },
    (size) => `${Math.round(size / 2 ** 20)} MB`,
  )
}
