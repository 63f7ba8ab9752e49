import { join } from 'node:path'
import type * as build from '../../cli/build/build.ts'
import type * as local from '../../agent/system/local.ts'

/** `build-from.ts PROJECT REQUEST`: builds an image with the code of a given checkout; the image as JSON on standard output. */

const [project = '', request = ''] = process.argv.slice(2)
const { buildImage } = (await import(join(project, 'cli/build/build.ts'))) as typeof build
const { localSystem } = (await import(join(project, 'agent/system/local.ts'))) as typeof local
const image = await buildImage(JSON.parse(request) as build.BuildRequest, {
  system: localSystem(),
  progress: { stage: () => undefined, update: () => undefined, done: () => undefined },
  signal: new AbortController().signal,
  warn: (line) => console.error(line),
})
console.log(JSON.stringify(image))
