import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { schoolImage } from '../support/image.ts'
import { startContainer } from '../support/container.ts'

/**
 * Seconds from `npm start` to a client that has its lease, resolves and reaches the internet, the image being cached.
 * Peer: the same tree booted by systemd-nspawn until systemd has nothing left to start, and nothing else.
 * With UNCACHED=1 the same is told on standard error for a machine that has neither packages nor image.
 */
export async function bench() {
  const { tree } = await schoolImage()
  const name = `bench-${process.pid}`
  const start = `npm start -- --name ${name}`
  const down = `./iserv-ctl lab down --name ${name}`
  try {
    if (process.env['UNCACHED'] === '1') {
      console.error(`without packages and image: ${await onEmptyCache(start, down)} s`)
    }
    const ours = await timed(() => shell(start))
    return { ours, peer: await bareBoot(tree), limit: null, unit: 's' }
  } finally {
    await shell(down)
  }
}

/** In a mount namespace of its own, where the cache is an empty folder. */
async function onEmptyCache(start: string, down: string): Promise<number> {
  const empty = await mkdtemp('/var/cache/iserv-first-run-')
  const hide = `mount --bind ${empty} /var/cache/iserv-ctl`
  try {
    return await timed(() => shell(`unshare --mount sh -ec '${hide}; ${start}; ${down}'`))
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
}

async function bareBoot(tree: string): Promise<number> {
  const tidying: (() => Promise<void>)[] = []
  const t = { teardown: (handler: () => Promise<void>) => tidying.push(handler) }
  try {
    return await timed(() => startContainer(t, { tree, ports: ['lan0'] }))
  } finally {
    for (const handler of tidying) await handler()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return Number(((performance.now() - began) / 1000).toFixed(1))
}

/** Everything it says goes to standard error: the last line on standard output belongs to the bench. */
function shell(words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', words], { stdio: ['ignore', 2, 2] })
    child.on('error', reject)
    child.on('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`${words} ended with status ${status}`)),
    )
  })
}
