import { folderOf, removeGeneration, scratch, writeFiles } from './folders.ts'
import type { EnactDeps } from './enact.ts'
import type { Problem } from '../errors.ts'
import { checkAll, prepareAll, warningsOf } from './prepare.ts'
import type { Declared } from './resource.ts'
import { deviations } from './tend.ts'

export interface ResourcePreview {
  readonly name: string
  /** `+ reservation …`, `~ …`, `- …` */
  readonly lines: readonly string[]
}

export interface PreviewOptions {
  readonly current: number | undefined
  /** The documents are those of the current generation: an apply would check nothing, and so does its preview. */
  readonly unchanged: boolean
}

export interface Preview {
  readonly resources: readonly ResourcePreview[]
  readonly warnings: readonly Problem[]
}

/** What each service would do for this state. The files are written aside for the services' checkers, then removed. */
export async function previewOf(
  declared: Declared,
  { current, unchanged }: PreviewOptions,
  { system, resources }: EnactDeps,
): Promise<Preview> {
  const prepared = prepareAll(resources, declared)
  if (!unchanged) {
    try {
      for (const one of prepared) await writeFiles(system.files, folderOf(scratch, one.name), one.files)
      await checkAll(prepared, scratch, system)
    } finally {
      await removeGeneration(system.files, scratch)
    }
  }
  const previews: ResourcePreview[] = []
  for (const one of prepared) {
    const steps = (await one.plan(system)).flatMap(({ line }) => line.split('\n'))
    const changed = await deviations(system.files, folderOf(current ?? scratch, one.name), one.files, new Map())
    // The steps tell more than the names of the files they go with.
    const lines = steps.length > 0 ? steps : changed.map(({ path, kind }) => `${marks[kind]} file ${path}`)
    if (lines.length > 0) previews.push({ name: one.name, lines })
  }
  return { resources: previews, warnings: await warningsOf(prepared, system) }
}

const marks = { missing: '+', changed: '~', foreign: '-' } as const
