import { join } from 'node:path'
import type * as build from '../../cli/build/build.ts'
import type * as local from '../../agent/system/local.ts'

/**
 * `build-from.ts PROJECT REQUEST`: builds an image with the code of a given checkout. On standard output the image as JSON
 * with what became of each stage.
 */

const [project = '', request = ''] = process.argv.slice(2)
const { buildImage } = (await import(join(project, 'cli/build/build.ts'))) as typeof build
const { localSystem } = (await import(join(project, 'agent/system/local.ts'))) as typeof local
const stages: [name: string, result: string][] = []
const image = await buildImage(JSON.parse(request) as build.BuildRequest, {
  system: localSystem(),
  progress: {
    stage: (name) => void stages.push([name, '']),
    update: () => undefined,
    done: (result = '') => stages.push([stages.pop()?.[0] ?? '', result]),
  },
  signal: new AbortController().signal,
  warn: (line) => console.error(line),
})
console.log(JSON.stringify({ image, stages: Object.fromEntries(stages) }))
