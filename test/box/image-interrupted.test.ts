import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { buildImage } from '../../cli/build/build.ts'
import type { Format } from '../../cli/build/formats.ts'
import { placesUnder } from '../../cli/build/place.ts'
import { openWork } from '../../cli/build/workshop.ts'
import { until } from '../../cli/lab/until.ts'
import { schoolImage } from '../support/image.ts'
import { freshCache, programOf, quiet, tracesOf, warmCache } from '../support/workshop.ts'

/** A build that is stopped at any of its stages leaves nothing half done behind, and nobody at work. */

t.setTimeout(900_000)

const system = localSystem()
// The trees, for those who begin after them; they follow one another in one cache.
await schoolImage()
const warm = await warmCache(t)
const isWarm = async () => warm

interface Moment {
  readonly stage: string
  readonly format: Format
  /** What the build is at, as it says. */
  readonly at: RegExp
  readonly cache: typeof freshCache
}

const moments: readonly Moment[] = [
  { stage: 'base', format: 'rootfs', at: /^essential/, cache: freshCache },
  { stage: 'root', format: 'raw', at: /^root$/, cache: isWarm },
  { stage: 'disk', format: 'raw', at: /^disk$/, cache: isWarm },
]

for (const { stage, format, at, cache: cacheFor } of moments) {
  t.test(`interrupted at the stage "${stage}": nothing half done stays`, async (t) => {
    const cache = await cacheFor(t)
    const controller = new AbortController()
    const moment = Promise.withResolvers<void>()
    const say = (text: string) => at.test(text) && moment.resolve()
    const progress = { ...quiet, stage: say, update: (_: number | undefined, detail = '') => say(detail) }
    const { signal } = controller
    const request = { role: 'school', format, mirrors: [], refresh: false, cache }
    const building = buildImage(request, { system, progress, signal, warn: () => undefined })
    const refused = t.rejects(building, { code: 'INTERRUPTED', hint: /same command/ })
    await moment.promise
    await programOf(process.pid, cache)
    controller.abort()
    await refused
    t.same(await readdir(join(cache, 'work')), [])
    t.same(await tracesOf(cache), [])
    if (stage === 'base') t.same(await readdir(join(cache, 'trees')).catch(() => []), [])
    else
      t.notOk(
        (await readdir(join(cache, 'images/school/current'))).includes(`school.${stage === 'root' ? 'erofs' : 'raw'}`),
      )
  })

  t.test(
    `killed at the stage "${stage}": no program or mount stays, and the next build removes the rest`,
    async (t) => {
      const cache = await cacheFor(t)
      const script = join(import.meta.dirname, '../support/build-until-killed.ts')
      const build = spawn(process.execPath, [script, cache, format], { stdio: ['ignore', 'pipe', 'inherit'] })
      for await (const line of createInterface(build.stdout)) if (at.test(line)) break
      // Whatever is stopped does not end by itself before anybody looks.
      const program = await until(
        async () => {
          const pid = await programOf(build.pid ?? 0, cache)
          return ended(() => process.kill(pid, 'SIGSTOP')) ? undefined : pid
        },
        { what: 'a program that can be stopped' },
      )
      t.teardown(() => void ended(() => process.kill(program, 'SIGKILL')))
      build.kill('SIGKILL')
      await once(build, 'exit')
      await until(async () => (await tracesOf(cache)).length === 0, {
        what: 'the kernel to end what the build had begun',
      })
      t.equal((await readdir(join(cache, 'work'))).length, 1, 'one folder of the dead build')
      const work = await openWork(system, placesUnder(cache))
      t.same(await readdir(join(cache, 'work')), [work.slice(work.lastIndexOf('/') + 1)])
      await system.files.remove(work)
    },
  )
}

/** Does the signal find nobody any more? */
function ended(signal: () => unknown): boolean {
  try {
    signal()
    return false
  } catch {
    return true
  }
}
