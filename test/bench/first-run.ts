import { type Bounds, inTurn, seconds } from '../support/bench.ts'
import { startContainer } from '../support/container.ts'
import { ownLab, shell } from '../support/first-run.ts'
import { schoolImage } from '../support/image.ts'

export const bounds: Bounds = { unit: 's', must: { ours: 120 }, aim: { ours: 60 } }

/**
 * Seconds from `npm start` to a client that has its lease, resolves and reaches the internet, the image being cached.
 * Peer: the same tree booted by systemd-nspawn until systemd has nothing left to start, and nothing else.
 */
export async function bench() {
  const { tree } = await schoolImage()
  const { start, down } = ownLab()
  const { ours, peer } = await inTurn({
    ours: async () => {
      try {
        return await seconds(() => shell(start))
      } finally {
        await shell(down)
      }
    },
    peer: () => bareBoot(tree),
  })
  return { ours, peer, limit: null }
}

async function bareBoot(tree: string): Promise<number> {
  const cleanups: (() => Promise<void>)[] = []
  const t = { teardown: (handler: () => Promise<void>) => cleanups.push(handler) }
  try {
    return await seconds(() => startContainer(t, { tree, ports: ['lan0'] }))
  } finally {
    for (const cleanup of cleanups) await cleanup()
  }
}
