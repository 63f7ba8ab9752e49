import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import { alone } from './alone.ts'
import { sweepAlone } from './ground.ts'
import { groupAlive } from './group.ts'
import { dataFolder, labFolder, type Layout, layoutOf } from './layout.ts'
import { type LabRecord, ownerLives, readRecord, writeRecord } from './record.ts'

/**
 * Takes a lab's name for ourselves. Whatever else bears it is swept away first, data that outlived a restart of this
 * machine too, unless it is a lab that runs or is being built by somebody who lives.
 * @throws LAB_RUNNING
 */
export function claim(layout: Layout, record: LabRecord, host: System): Promise<void> {
  return alone(host, async () => {
    const found = await readRecord(layout, host)
    if (found !== undefined && (await inUse(layout, found, host))) throw taken(found)
    await sweepAlone(layout, host)
    await host.files.makeFolder(layout.folder)
    await writeRecord(layout, record, host)
  })
}

/** Does the lab run, or is it being built? */
export async function inUse(layout: Layout, record: LabRecord, host: System): Promise<boolean> {
  if (record.phase === 'starting' || record.tied) return ownerLives(record.owner, host)
  return groupAlive(layout, host)
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
