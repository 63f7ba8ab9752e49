import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Directory } from '../../agent/model/directory.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import type { AnyResource } from '../../agent/engine/resource.ts'
import { certificates } from '../../agent/resources/certificates/index.ts'
import { directory } from '../../agent/resources/directory/index.ts'
import { localSystem } from '../../agent/system/local.ts'
import { defaultCache } from '../../cli/build/place.ts'
import type { Client } from '../../cli/lab/client.ts'
import { type Container, startContainer, type Teardown } from './container.ts'
import { enactorOn, type Enactor } from './enact.ts'
import { schoolImage } from './image.ts'
import { exampleSchool } from './school.ts'

/** A domain controller that runs alone, with the school's directory as the agent makes it. */

/** Address of the domain controller in the example school's network. */
export const directoryAddress = '10.20.0.3'

/** The example school with a directory. */
export function directorySchool(): SchoolState {
  return { ...exampleSchool(), directory: Directory.parse({ address: directoryAddress }) }
}

/** The same where accounts of pupils rest after ten wrong passwords. */
export function lockingSchool(): SchoolState {
  const passwords = { pupils: { failures: 10 } }
  return { ...exampleSchool(), directory: Directory.parse({ address: directoryAddress, passwords }) }
}

export interface DirectoryBox extends Container {
  /** What the school declares; enact another one with `engine`. */
  readonly school: SchoolState
  readonly engine: Enactor
  /** Switches a device on that has an address and asks the domain controller for names. `last`: 10.20.14.<last>. */
  device(name: string, last: number): Promise<Client>
}

export interface DirectoryOptions {
  /** Resources under test besides certificates and directory. */
  readonly resources?: readonly AnyResource[]
  /** Default: `directorySchool()`. */
  readonly school?: SchoolState
  /** Make the domain anew instead of taking the one in the cache. */
  readonly fresh?: boolean
  /** Folders laid over the image, the last on top. */
  readonly overlay?: readonly string[]
}

/**
 * Boots a box of which only Samba runs, in a few seconds: `system.directory` is the agent's own door to it. lan0 has
 * the box's address 10.20.0.1/16 and the domain controller's.
 */
export async function startDirectory(
  t: Teardown & Parameters<typeof enactorOn>[0],
  { resources = [], school = directorySchool(), fresh = false, overlay = [] }: DirectoryOptions = {},
): Promise<DirectoryBox> {
  const made = fresh ? [] : [await madeDirectory()]
  const box = await startContainer(t, { ports: ['lan0'], overlay: [...made, ...overlay] })
  await settle(box)
  const engine = enactorOn(t, box.system, [certificates, directory, ...resources])
  await engine.enact(school)
  return {
    ...box,
    school,
    engine,
    async device(name, last) {
      const mac = `52:54:00:14:${last.toString(16).padStart(2, '0')}:09`
      const client = await box.client(name, 'lan0', { mac })
      await client.run(['ip', 'address', 'add', `10.20.14.${last}/16`, 'dev', 'eth0'])
      const names = `search ${school.school.domain}\nnameserver ${directoryAddress}\n`
      await localSystem().files.write(`/etc/netns/${client.namespace}/resolv.conf`, names)
      return client
    },
  }
}

/** Addresses of the box, and the directory's files as the box's own: a database that is mapped must not be copied up later. */
async function settle({ system }: Container): Promise<void> {
  const run = (...argv: [string, ...string[]]) => system.processes.run(argv)
  await run('ip', 'link', 'set', 'lan0', 'up')
  await run('ip', 'address', 'add', '10.20.0.1/16', 'dev', 'lan0')
  await run('ip', 'address', 'add', `${directoryAddress}/32`, 'dev', 'lan0')
  await ownFiles(system)
}

/** To be called before the domain controller starts on a directory from `madeDirectory`. */
export async function ownFiles({ processes }: Container['system']): Promise<void> {
  await processes.run(['find', '/var/lib/samba', '-type', 'f', '-exec', 'chown', 'root', '{}', '+'])
}

/** Milliseconds that a directory nobody uses stays in the cache. */
const kept = 3 * 86_400_000

/**
 * A folder to lay over the image: the directory of the example school as the agent makes it first, with nobody in it. Made
 * once for each Samba and each way of making it.
 */
export async function madeDirectory(): Promise<string> {
  const { tree } = await schoolImage()
  const parts = [
    await readFile(join(tree, 'usr/lib/sysimage/dpkg/status')),
    await readFile(join(tree, 'usr/libexec/iserv/directory-provision')),
    // Secrets and objects are written by the agent.
    await readFile(join(tree, 'usr/lib/iserv/agent/resources/directory/apply.ts')),
    await readFile(join(tree, 'usr/lib/iserv/agent/resources/directory/tree.ts')),
  ]
  const key = parts
    .reduce((digest, part) => digest.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 12)
  const cache = join(defaultCache, 'directories')
  const place = join(cache, key)
  if ((await stat(place).catch(() => undefined)) !== undefined) {
    const now = new Date()
    await utimes(place, now, now)
    return place
  }
  mkdirSync(cache, { recursive: true })
  const candidate = await mkdtemp(join(cache, 'new-'))
  // Laid over the image it is the box's root, through which every service goes.
  await chmod(candidate, 0o755)
  await fill(candidate)
  // Whoever was quicker has made the same.
  await rename(candidate, place).catch(() => rm(candidate, { recursive: true }))
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const unused = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now())
    if (unused > kept) await rm(path, { recursive: true, force: true })
  }
  return place
}

/** Makes the directory on a box and takes its files. */
async function fill(folder: string): Promise<void> {
  const undo: (() => void | Promise<void>)[] = []
  const scope = { teardown: (handler: () => void | Promise<void>) => undo.push(handler) }
  try {
    const box = await startContainer(scope, { ports: ['lan0'] })
    await settle(box)
    const engine = enactorOn(scope, box.system, [certificates, directory])
    await engine.enact(directorySchool())
    await box.system.units.stop('samba-ad-dc.service')
    mkdirSync(join(folder, 'var/lib/iserv'), { recursive: true })
    const { processes } = localSystem()
    await processes.run(['cp', '--archive', `${box.root}/var/lib/samba`, join(folder, 'var/lib')])
    for (const name of ['certificates', 'secrets']) {
      await processes.run(['cp', '--archive', `${box.root}/var/lib/iserv/${name}`, join(folder, 'var/lib/iserv')])
    }
  } finally {
    for (const handler of undo.toReversed()) await handler()
  }
}
