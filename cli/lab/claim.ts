import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import { alone } from './alone.ts'
import { sweepAlone } from './ground.ts'
import { groundOf, groupAlive } from './group.ts'
import { dataFolder, labFolder, type Layout, layoutOf } from './layout.ts'
import { type LabRecord, ownerLives, readRecord, writeRecord } from './record.ts'
import { runningBox } from './running.ts'
import { withLastWords } from './words.ts'

/**
 * Takes a lab's name for ourselves. Whatever else bears it is swept away first, data that outlived a restart of this
 * machine too, unless it is a lab that runs or is being built by somebody who lives.
 * @throws LAB_RUNNING
 */
export function claim(layout: Layout, record: LabRecord, host: System): Promise<void> {
  return alone(host, async () => {
    const found = await readRecord(layout, host)
    if (found === 'unknown') await mustBeDead(layout, host)
    else if (found !== undefined && (await inUse(layout, found, host))) throw taken(found)
    await sweepAlone(layout, host)
    await host.files.makeFolder(layout.folder)
    await writeRecord(layout, record, host)
  })
}

/**
 * Nobody knows what another version has noted of its lab: as long as anything of it runs, only `down` takes it away.
 * @throws LAB_RUNNING
 */
export async function mustBeDead(layout: Layout, host: System): Promise<void> {
  if (!(await groupAlive(layout, host))) return
  throw new BoxError('LAB_RUNNING', `A lab ${layout.name} runs that another version of iserv-ctl has built`, {
    hint: 'Take it down with: iserv-ctl lab down',
  })
}

/** Does the lab run, or is it being built? */
async function inUse(layout: Layout, record: LabRecord, host: System): Promise<boolean> {
  if (record.phase === 'starting' || record.tied) return ownerLives(record.owner, host)
  return (await runningBox(record, await groundOf(layout, host))) !== undefined
}

/**
 * Says that the lab we have built runs.
 * @throws LAB_FAILED when it has been taken down meanwhile
 */
export function declare(layout: Layout, record: LabRecord, host: System): Promise<void> {
  return alone(host, async () => {
    if (!isOurs(await readRecord(layout, host), record)) throw takenDown(layout)
    await writeRecord(layout, record, host)
  })
}

/**
 * Sweeps away what we have half built; a lab that others have built under this name since is left alone.
 * @returns what went wrong, in full
 */
export function giveUp(layout: Layout, record: LabRecord, error: unknown, host: System): Promise<unknown> {
  return alone(host, async () => {
    const found = await readRecord(layout, host)
    const ours = isOurs(found, record)
    const told = ours ? await withLastWords(error, layout, host) : takenDown(layout)
    if (ours || found === undefined) await sweepAlone(layout, host)
    return told
  })
}

/** Certain only under the lock: whoever takes our lab down ends its processes first, and its record goes last. */
function isOurs(found: LabRecord | 'unknown' | undefined, { owner }: LabRecord): boolean {
  if (found === undefined || found === 'unknown') return false
  return found.owner.pid === owner.pid && found.owner.started === owner.started
}

/**
 * Sweeps away the labs that nobody would take down: of tests that were killed, those that died half built, and the data
 * of those that a restart of this machine ended.
 */
export async function sweepAbandoned(host: System): Promise<void> {
  const places = await Promise.all([labFolder, dataFolder].map((place) => host.files.list(place)))
  for (const name of new Set(places.flat())) {
    const layout = layoutOf(name)
    if (!(await abandoned(layout, host))) continue
    await alone(host, async () => {
      if (await abandoned(layout, host)) await sweepAlone(layout, host)
    })
  }
}

/** Certain only under the lock: whoever makes a lab writes its record before letting go. */
async function abandoned(layout: Layout, host: System): Promise<boolean> {
  const record = await readRecord(layout, host)
  if (record === undefined) return true
  if (record === 'unknown') return !(await groupAlive(layout, host))
  return (record.tied || record.phase === 'starting') && !(await ownerLives(record.owner, host))
}

function taken({ name, phase, owner }: LabRecord): BoxError {
  return phase === 'running'
    ? new BoxError('LAB_RUNNING', `The lab ${name} runs already`, {
        hint: 'See iserv-ctl lab status; take it down with: iserv-ctl lab down',
      })
    : new BoxError('LAB_RUNNING', `The lab ${name} is being built by process ${owner.pid}`, {
        hint: 'Wait for it, or take it down with: iserv-ctl lab down',
      })
}

function takenDown({ name }: Layout): BoxError {
  return new BoxError('LAB_FAILED', `The lab ${name} was taken down while it was being built`)
}
