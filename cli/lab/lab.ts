import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import { claim } from './claim.ts'
import { addClient, type Client, clientOf } from './client.ts'
import { type Box, bootedState } from './box.ts'
import { bootContainer, containerOf, leaderOf } from './container.ts'
import { layCables, sweep } from './ground.ts'
import { type Ground, groundOf, leafAlive } from './group.ts'
import { layoutOf } from './layout.ts'
import { bootMachine, machineOf } from './machine.ts'
import { type Provider, providerOf, startProvider } from './provider.ts'
import { type LabClient, type LabRecord, ownOwner, readRecord, writeRecord } from './record.ts'
import { withLastWords } from './words.ts'

/** Laid over every tree: what a box must know to live in a lab. */
export const labOverlay = join(import.meta.dirname, 'overlay')

/** A box with an internet provider and devices around it. */
export interface Lab {
  readonly record: LabRecord
  readonly ground: Ground
  readonly box: Box
  readonly provider: Provider
  readonly clients: readonly Client[]
}

export interface LabPlan {
  readonly name: string
  /** The tree to boot as a container, or the disk image to boot as a virtual machine. */
  readonly source: { readonly tree: string } | { readonly raw: string }
  /** Ports of the box; the provider is plugged into the first. */
  readonly ports: readonly [string, ...string[]]
  readonly clients: readonly LabClient[]
  /** Told what is done now. */
  readonly stage?: (name: string, detail: string) => void
  readonly signal?: AbortSignal
}

/**
 * Builds a lab and waits until its box has booted. Whatever goes wrong, nothing stays behind.
 * @throws LAB_RUNNING, LAB_FAILED, INTERRUPTED
 */
export async function raiseLab(plan: LabPlan, host: System): Promise<Lab> {
  const layout = layoutOf(plan.name)
  const { source } = plan
  const kind = 'tree' in source ? 'container' : 'machine'
  const record: LabRecord = {
    version: 1,
    name: plan.name,
    kind,
    phase: 'starting',
    owner: await ownOwner(host),
    tied: false,
    source: 'tree' in source ? source.tree : source.raw,
    ports: plan.ports,
    clients: plan.clients,
  }
  await claim(layout, record, host)
  try {
    const ground = await layCables(layout, plan.ports, host)
    plan.stage?.('boot', `${kind} ${plan.name}`)
    const box =
      'tree' in source
        ? await bootContainer(ground, { tree: source.tree, overlays: [labOverlay] })
        : await bootMachine(ground, source.raw, { plugged: plan.ports, bare: [] })
    const provider = await startProvider(ground, plan.ports[0])
    const clients = []
    for (const client of plan.clients) clients.push(await addClient(ground, client.name, client))
    await bootedState(box, host, plan.signal)
    const running: LabRecord = { ...record, phase: 'running' }
    await writeRecord(layout, running, host)
    return { record: running, ground, box, provider, clients }
  } catch (error) {
    const told = await withLastWords(error, layout, host)
    await sweep(layout, host)
    throw told
  }
}

/**
 * A lab that runs.
 * @throws LAB_NOT_RUNNING
 */
export async function findLab(name: string, host: System): Promise<Lab> {
  const layout = layoutOf(name)
  const record = await readRecord(layout, host)
  const ground = await groundOf(layout, host)
  const box = record?.phase === 'running' ? await boxOf(record, ground) : undefined
  if (record === undefined || box === undefined) {
    throw new BoxError('LAB_NOT_RUNNING', `No lab ${name} runs`, { hint: 'Start one with: iserv-ctl lab up' })
  }
  return {
    record,
    ground,
    box,
    provider: providerOf(ground),
    clients: record.clients.map((client) => clientOf(ground, client.name, client.mac)),
  }
}

/** Undefined when the box has stopped. */
async function boxOf({ kind }: LabRecord, ground: Ground): Promise<Box | undefined> {
  if (kind === 'machine') return (await leafAlive(ground, 'box')) ? machineOf(ground) : undefined
  const leader = await leaderOf(ground)
  return leader === undefined ? undefined : containerOf(ground, leader)
}
