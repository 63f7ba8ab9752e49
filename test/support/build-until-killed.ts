import { localSystem } from '../../agent/system/local.ts'
import { buildImage } from '../../cli/build/build.ts'

/** Builds an image into the cache given and says so once it unpacks packages; for a test that kills it then. */

const progress = {
  stage: () => undefined,
  done: () => undefined,
  update: (_fraction: number | undefined, detail = '') => {
    if (detail.startsWith('essential')) process.stdout.write('unpacking\n')
  },
}
await buildImage(
  { role: 'school', format: 'rootfs', mirrors: [], refresh: false, cache: process.argv[2] ?? '' },
  { system: localSystem(), progress, signal: new AbortController().signal, warn: () => undefined },
)
