import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import { claim, declare, giveUp, mustBeDead } from './claim.ts'
import { addClient, type Client, clientOf } from './client.ts'
import { type Box, bootedState } from './box.ts'
import { bootContainer } from './container.ts'
import { layCables } from './ground.ts'
import { type Ground, groundOf } from './group.ts'
import { labFolder, layoutOf } from './layout.ts'
import { bootMachine, type Ports } from './machine.ts'
import { type Provider, providerOf, startProvider } from './provider.ts'
import { type LabClient, type LabRecord, ownerLives, ownOwner, readRecord } from './record.ts'
import { runningBox } from './running.ts'

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
  /** The tree to boot as a container, or the disk image to boot as a virtual machine, which may have bare ports, too. */
  readonly source: { readonly tree: string } | { readonly raw: string; readonly bare?: Ports['bare'] }
  /** Ports of the box; the provider is plugged into the first. */
  readonly ports: readonly [string, ...string[]]
  readonly clients: readonly LabClient[]
  /** Gone when we are gone; default no. */
  readonly tied?: boolean
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
    tied: plan.tied ?? false,
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
        : await bootMachine(ground, source.raw, { plugged: plan.ports, bare: source.bare ?? [] })
    const provider = await startProvider(ground, plan.ports[0])
    const clients = []
    for (const client of plan.clients) clients.push(await addClient(ground, client.name, client))
    await bootedState(box, host, plan.signal)
    const running: LabRecord = { ...record, phase: 'running' }
    await declare(layout, running, host)
    return { record: running, ground, box, provider, clients }
  } catch (error) {
    throw await giveUp(layout, record, error, host)
  }
}

/**
 * A lab that runs.
 * @throws LAB_NOT_RUNNING, LAB_RUNNING when it is there, but of another version
 */
export async function findLab(name: string, host: System): Promise<Lab> {
  const layout = layoutOf(name)
  const found = await readRecord(layout, host)
  if (found === 'unknown') await mustBeDead(layout, host)
  const record = found === 'unknown' || found?.phase !== 'running' ? undefined : found
  const ground = await groundOf(layout, host)
  const box = record === undefined ? undefined : await runningBox(record, ground)
  if (record === undefined || box === undefined) {
    const others = (await listLabs(host)).filter(({ state }) => state === 'running').map((lab) => lab.name)
    throw new BoxError('LAB_NOT_RUNNING', `No lab ${name} runs`, {
      hint: others.length === 0 ? 'Start one with: iserv-ctl lab up' : `Running: ${others.join(', ')}. Say --name`,
    })
  }
  return {
    record,
    ground,
    box,
    provider: providerOf(ground),
    clients: record.clients.map((client) => clientOf(ground, client.name, client.mac)),
  }
}

/** One lab of this machine, as far as it is known. */
export interface KnownLab {
  readonly name: string
  /** `ended`: its server is gone, its name and files are not. `unknown`: another version of iserv-ctl has built it. */
  readonly state: 'starting' | 'running' | 'ended' | 'unknown'
  readonly record: LabRecord | undefined
}

/** Every lab of this machine by name; those of tests, which end with their test, are left out. */
export async function listLabs(host: System): Promise<readonly KnownLab[]> {
  const names = await host.files.list(labFolder)
  const labs = await Promise.all(names.toSorted().map((name) => knownLab(name, host)))
  return labs.filter((lab) => lab !== undefined && lab.record?.tied !== true) as readonly KnownLab[]
}

async function knownLab(name: string, host: System): Promise<KnownLab | undefined> {
  const layout = layoutOf(name)
  const record = await readRecord(layout, host)
  if (record === undefined) return undefined
  if (record === 'unknown') return { name, state: 'unknown', record: undefined }
  if (record.phase === 'starting') {
    return { name, state: (await ownerLives(record.owner, host)) ? 'starting' : 'ended', record }
  }
  const box = await runningBox(record, await groundOf(layout, host))
  return { name, state: box === undefined ? 'ended' : 'running', record }
}
