import { z } from 'zod'

/**
 * The state as a person wrote it: one or more YAML texts, kept word for word, comments and all. A generation is a
 * list of these; what the box runs is parsed from them anew.
 */
export const StateDocument = z
  .strictObject({
    file: z.string().min(1).max(255).meta({ description: 'Name of the file, `-` for standard input.' }),
    text: z.string(),
  })
  .meta({ id: 'StateDocument' })
export type StateDocument = z.infer<typeof StateDocument>

/** Ten times a school of 2,000 devices, all documents together; beyond it somebody sends us something else. */
export const largestState = 2 * 1024 * 1024

/** More problems than these are one problem: the wrong file. */
export const mostProblems = 500

/** Keys and list positions from the top of the state to a place in it. */
export type Path = readonly (string | number)[]

/** `networks[1].pool.to` */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}

/** What `pathText` has made. */
export function pathFrom(text: string): Path {
  return text
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}
