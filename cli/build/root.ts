import { toolOf } from './argv.ts'
import { uuidOf } from './recipe.ts'
import { run, type Workshop } from './workshop.ts'

/** Writes a tree as a read-only file system (erofs), the same bytes each time. */
export async function makeRoot(
  shop: Workshop,
  toolbox: string,
  image: { readonly tree: string; readonly digest: string; readonly epoch: number },
  target: string,
): Promise<void> {
  await run(
    shop,
    toolOf(
      toolbox,
      'bin/mkfs.erofs',
      '--quiet',
      // Half the size of plain for a minute of computing, and read faster than from any disk of a school.
      '-zlz4hc,level=9',
      '-C65536',
      // Small files beside their metadata would move all addresses with every change, and make updates large.
      '-Enoinline_data',
      `-T${image.epoch}`,
      `-U${uuidOf(image.digest, 'root')}`,
      target,
      image.tree,
    ),
  )
}
