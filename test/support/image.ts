import { localSystem } from '../../agent/system/local.ts'
import { buildImage, type BuildRequest } from '../../cli/build/build.ts'
import type { Image } from '../../cli/build/image.ts'

const quiet = { stage: () => undefined, update: () => undefined, done: () => undefined }

/** The image of our code as it is now; from the cache where it is there. */
export async function schoolImage(format: BuildRequest['format'] = 'rootfs'): Promise<Image> {
  const request = { role: 'school', format, mirrors: [], refresh: false }
  const { signal } = new AbortController()
  return buildImage(request, { system: localSystem(), progress: quiet, signal, warn: () => undefined })
}
