import { BoxError } from '../../agent/errors.ts'
import type { Argv, RunOptions, RunResult, System } from '../../agent/system/system.ts'
import type { Layout } from './layout.ts'
import { until } from './until.ts'

/**
 * Every process of a lab lives in one control group of its own. Whoever is in it is ours, whatever it forked and
 * however `up` ended, and the kernel ends all of them at once: no process is ever looked up by name or number.
 */

/** What everything in a lab is built with. */
export interface Ground {
  readonly layout: Layout
  /** Folder of the control group. */
  readonly group: string
  /** The machine the lab runs on. */
  readonly host: System
}

/** Leaves of the group: the box, which makes groups of its own below, and everything around it. */
export type Leaf = 'box' | 'world'

const enterScript = 'echo 0 >"$1" && shift && exec "$@"'
const backgroundScript = 'echo 0 >"$1" && log=$2 && shift 2 && { setsid "$@" </dev/null >"$log" 2>&1 & }'

/** Where the unified control groups are mounted; on a mixed machine they have a folder of their own. */
async function mountPoint(system: System): Promise<string> {
  const mounts = (await system.files.read('/proc/self/mounts')) ?? ''
  const found = mounts.split('\n').find((line) => line.split(' ')[2] === 'cgroup2')
  const folder = found?.split(' ')[1]
  if (folder === undefined) {
    throw new BoxError('LAB_FAILED', 'This machine has no unified control groups (cgroup2)', {
      hint: 'mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified',
    })
  }
  return folder
}

async function folderOf(layout: Layout, system: System): Promise<string> {
  return `${await mountPoint(system)}/${layout.group}`
}

/** The ground of a lab that may run already. */
export async function groundOf(layout: Layout, host: System): Promise<Ground> {
  return { layout, host, group: await folderOf(layout, host) }
}

/** Makes the group with its leaves; harmless when it is there. */
export async function createGroup(layout: Layout, host: System): Promise<Ground> {
  const ground = await groundOf(layout, host)
  await host.files.makeFolder(`${ground.group}/box`)
  await host.files.makeFolder(`${ground.group}/world`)
  return ground
}

/** Runs a program in a leaf of the group; to be put in front of its argv. */
export function inGroup({ group }: Ground, leaf: Leaf): Argv {
  return ['sh', '-c', enterScript, 'lab', `${group}/${leaf}/cgroup.procs`]
}

/** Runs a program of the lab's making: when we are killed meanwhile, `down` ends it like everything else. */
export function runInGroup(ground: Ground, argv: Argv, options?: RunOptions): Promise<RunResult> {
  return ground.host.processes.run([...inGroup(ground, 'world'), ...argv], options)
}

/** Starts a program that outlives us; when we return, it is in the group. What it says goes to `log`. */
export async function startInGroup({ group, host }: Ground, leaf: Leaf, log: string, argv: Argv): Promise<void> {
  await host.processes.run(['sh', '-c', backgroundScript, 'lab', `${group}/${leaf}/cgroup.procs`, log, ...argv])
}

/** Ends every process of the group and removes it; harmless when there is none. */
export async function endGroup(layout: Layout, system: System): Promise<void> {
  const folder = await folderOf(layout, system)
  if ((await system.files.stat(folder)) === undefined) return
  await system.processes.run(['tee', `${folder}/cgroup.kill`], { input: '1', accept: [0, 1] })
  await until(async () => !(await populated(folder, system)), { what: `the processes of ${layout.name} to end` })
  // A control group is removed folder by folder, innermost first; its files cannot be deleted.
  await system.processes.run(['find', folder, '-depth', '-type', 'd', '-delete'])
}

/** Processes in this control group, not those below it. The dead whom nobody has buried yet are none. */
export async function processesIn(folder: string, system: System): Promise<readonly number[]> {
  const held = (await system.files.read(`${folder}/cgroup.procs`)) ?? ''
  return held.split('\n').filter(Boolean).map(Number)
}

/** Does any process of the lab run? */
export async function groupAlive(layout: Layout, system: System): Promise<boolean> {
  return populated(await folderOf(layout, system), system)
}

/** Does the box run, or anything around it? */
export function leafAlive({ group, host }: Ground, leaf: Leaf): Promise<boolean> {
  return populated(`${group}/${leaf}`, host)
}

/** Is any process in this control group or below? */
async function populated(folder: string, system: System): Promise<boolean> {
  const events = await system.files.read(`${folder}/cgroup.events`)
  return events?.includes('populated 1') ?? false
}
