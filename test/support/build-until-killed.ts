import { localSystem } from '../../agent/system/local.ts'
import { buildImage } from '../../cli/build/build.ts'
import type { Format } from '../../cli/build/formats.ts'

/** `build-until-killed.ts CACHE FORMAT`: builds an image and says what it is at, for a test that kills it then. */

const [, , cache = '', format = 'rootfs'] = process.argv
const say = (text: string) => process.stdout.write(`${text}\n`)
await buildImage(
  { role: 'school', format: format as Format, mirrors: [], refresh: false, cache },
  {
    system: localSystem(),
    progress: {
      stage: (name) => say(name),
      done: () => undefined,
      update: (_fraction, detail = '') => say(detail),
    },
    signal: new AbortController().signal,
    warn: () => undefined,
  },
)
