import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import type { Layout } from './layout.ts'
import { until } from './until.ts'

/**
 * Does something to a lab while nobody else takes it or sweeps it away: two who find the same dead lab would sweep away
 * what the quicker one has built since. The lock is an abstract socket, whose name the kernel gives to one process only
 * and takes back when that ends, however it does.
 */
export async function alone<T>(layout: Layout, act: () => Promise<T>): Promise<T> {
  const lock = await until(() => taken(`\0${layout.group}`), {
    what: `others to let go of the lab ${layout.name}`,
    timeout,
  })
  try {
    return await act()
  } finally {
    lock.close()
    await once(lock, 'close')
  }
}

/** Milliseconds: a box that dies may have much to let go of. */
const timeout = 120_000

async function taken(path: string): Promise<Server | undefined> {
  const server = createServer().listen({ path })
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
}
