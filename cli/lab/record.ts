import { z } from 'zod'
import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import type { Layout } from './layout.ts'
import { parseLine } from './line.ts'

/** A process as nobody else can be: numbers are given again, a number with its start time is not. */
export const Owner = z.strictObject({
  pid: z.int(),
  /** Clock ticks after boot. */
  started: z.string(),
})
export type Owner = z.infer<typeof Owner>

export const LabClient = z.strictObject({
  name: z.string(),
  port: z.string().meta({ description: 'Port of the box whose network the client is on.' }),
  mac: z.string(),
})
export type LabClient = z.infer<typeof LabClient>

/** What is known of a lab beyond the names of its parts; lies in the lab's folder. */
export const LabRecord = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  kind: z.enum(['container', 'machine']),
  phase: z.enum(['starting', 'running']),
  /** Who is building it. */
  owner: Owner,
  /** Gone when its owner is gone: the labs of tests. */
  tied: z.boolean(),
  /** What was booted: a tree or a disk image. */
  source: z.string(),
  ports: z.array(z.string()).readonly(),
  clients: z.array(LabClient).readonly(),
})
export type LabRecord = z.infer<typeof LabRecord>

const fileOf = (layout: Layout): string => `${layout.folder}/lab.json`

export async function writeRecord(layout: Layout, record: LabRecord, host: System): Promise<void> {
  await host.files.write(fileOf(layout), `${JSON.stringify(record, null, 2)}\n`)
}

/**
 * Undefined when there is no lab of this name, or one that died before it could say anything; `unknown` when another
 * version of this program has written it.
 */
export async function readRecord(layout: Layout, host: System): Promise<LabRecord | 'unknown' | undefined> {
  const text = await host.files.read(fileOf(layout))
  return text === undefined ? undefined : (LabRecord.safeParse(parseLine(text)).data ?? 'unknown')
}

/** This process. */
export async function ownOwner(host: System): Promise<Owner> {
  const started = await startTime(process.pid, host)
  if (started === undefined) throw new BoxError('LAB_FAILED', 'This machine has no /proc')
  return { pid: process.pid, started }
}

export async function ownerLives({ pid, started }: Owner, host: System): Promise<boolean> {
  return (await startTime(pid, host)) === started
}

/** Field 22 of /proc/PID/stat; the program's name before it may hold blanks and brackets. */
async function startTime(pid: number, host: System): Promise<string | undefined> {
  const stat = await host.files.read(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}
