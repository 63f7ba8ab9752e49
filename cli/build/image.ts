import { z } from 'zod'

/** A built image as it lies in the cache; `image.json` in its folder. */
export const Image = z.strictObject({
  role: z.string(),
  version: z.string(),
  /** Of everything in the root: packages, recipe, own part. */
  digest: z.string(),
  folder: z.string().meta({ description: 'Everything of this image' }),
  tree: z
    .string()
    .meta({ description: 'The root as a folder: read it or lay an overlay over it, never write into it' }),
  lock: z.string().meta({ description: 'Lock list' }),
  sbom: z.string().meta({ description: 'Software bill of materials, CycloneDX 1.6' }),
  toolbox: z.string().optional().meta({ description: 'The tree with the programs that make disks' }),
  root: z.string().optional().meta({ description: 'The root as a read-only file system (erofs)' }),
  raw: z.string().optional().meta({ description: 'Disk image' }),
  qcow2: z.string().optional().meta({ description: 'Disk image for virtual machines' }),
})
export type Image = z.infer<typeof Image>
