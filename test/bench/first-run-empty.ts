import { mkdtemp, rm } from 'node:fs/promises'
import { type Bounds, seconds } from '../support/bench.ts'
import { ownLab, shell } from '../support/first-run.ts'

export const bounds: Bounds = { unit: 's', must: { ours: 600 }, aim: { ours: 360 } }

/** As `first-run`, on a machine that has neither packages nor image: all of it is downloaded and built. */
export async function bench() {
  const { start, down } = ownLab()
  const empty = await mkdtemp('/var/cache/iserv-first-run-')
  // In a mount namespace of its own, where the cache is an empty folder.
  const hide = `mount --bind ${empty} /var/cache/iserv-ctl`
  try {
    const ours = await seconds(() => shell(`unshare --mount sh -ec '${hide}; ${start}; ${down}'`))
    return { ours, peer: null, limit: null }
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
}
