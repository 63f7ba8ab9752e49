import { turnsAt } from '../../engine/serial.ts'
import { BoxError } from '../../errors.ts'
import type { Register } from '../../model/register.ts'
import type { SchoolState } from '../../model/state.ts'
import type { System } from '../../system/system.ts'
import type { Remark } from './schema.ts'
import { filesFolder } from './schema.ts'
import { wordsIn } from './words.ts'

/** Files between the agent and the unit that may ask the kernel: what is wanted, and what the kernel says. */
export const quotaFolder = '/var/lib/iserv/quota'
const limitsFile = `${quotaFolder}/limits`
const reportFile = `${quotaFolder}/report.csv`
export const quotaUnit = 'iserv-quota.service'

/** How much somebody uses and may use, in bytes. */
export interface Usage {
  readonly number: number
  readonly used: number
  /** Undefined: no limit. */
  readonly limit: number | undefined
}

type Door = Pick<System, 'files' | 'units'>

/** Two at a time would start one unit for both: what the second one wants would not be read. */
const turnAt = turnsAt<Door['units']>()

/**
 * Sets each person's limit by his role. The kernel counts all files that belong to a number, wherever they lie.
 * @returns a remark where limits are declared and this kernel or disk has none.
 * @throws `PROCESS_FAILED` when the kernel counts, and a limit is not what it was set to.
 */
export async function settleQuotas(
  { people }: Pick<Register, 'people'>,
  { shares, school }: SchoolState,
  system: Door,
): Promise<readonly Remark[]> {
  const declared = Object.keys(shares.quota).length > 0
  if (!declared && (await readUsage(system)) === undefined) return []
  const message = wordsIn(school.language).quotaMissing
  const missing: readonly Remark[] = declared ? [{ code: 'quota-missing', path: filesFolder, message }] : []
  // The last report does not know what a hand has changed since.
  const before = await refreshUsage(system)
  if (before === undefined) return missing
  const wanted = people.map(({ number, role }) => [number, shares.quota[role]] as const)
  const changed = notAs(wanted, before)
  if (changed.length === 0) return []
  const after = await turnAt(system.units)(async () => {
    await system.files.makeFolder(quotaFolder, 0o700)
    await system.files.write(limitsFile, limitLines(changed), 0o600)
    // Limits that could not be set are not left to whoever asks next: by then the school may want others.
    return report(system).finally(() => system.files.remove(limitsFile))
  })
  if (after === undefined) return missing
  const left = notAs(changed, after)
  if (left.length > 0) {
    const numbers = left.map(([number]) => number).join(' ')
    throw new BoxError('PROCESS_FAILED', `The kernel did not take the limits of storage of the numbers ${numbers}`, {
      hint: `They are set again by themselves; see: systemctl status ${quotaUnit}`,
    })
  }
  return []
}

type Limit = readonly [number: number, bytes: number | undefined]

const kibibytes = (bytes: number | undefined): number => Math.ceil((bytes ?? 0) / 1024)

/** Those whose limit is another one in the report. */
function notAs(wanted: readonly Limit[], usage: readonly Usage[]): readonly Limit[] {
  const known = new Map(usage.map(({ number, limit }) => [number, kibibytes(limit)]))
  return wanted.filter(([number, bytes]) => (known.get(number) ?? 0) !== kibibytes(bytes))
}

/** Lines of `setquota --batch`: number, then soft and hard limits of KiB and of files; 0 is none. */
export function limitLines(limits: readonly Limit[]): string {
  return limits.map(([number, bytes]) => `${number} 0 ${kibibytes(bytes)} 0 0\n`).join('')
}

/**
 * Has the kernel asked who uses how much.
 * @returns undefined where the kernel counts nothing.
 */
export function refreshUsage(system: Door): Promise<readonly Usage[] | undefined> {
  return turnAt(system.units)(async () => {
    await system.files.makeFolder(quotaFolder, 0o700)
    // The power may have failed before they were set.
    await system.files.remove(limitsFile)
    return report(system)
  })
}

async function report(system: Door): Promise<readonly Usage[] | undefined> {
  await system.units.start(quotaUnit)
  return readUsage(system)
}

async function readUsage({ files }: Pick<System, 'files'>): Promise<readonly Usage[] | undefined> {
  const text = await files.read(reportFile)
  return text === undefined ? undefined : usageOf(text)
}

/** `repquota --output=csv` with numbers: `#100514,ok,ok,20,0,2048,…`: user, two words, KiB used, soft, hard. */
export function usageOf(report: string): readonly Usage[] {
  return report.split('\n').flatMap((line): readonly Usage[] => {
    const [, number, used, hard] = /^#?(\d+),\w+,\w+,(\d+),\d+,(\d+),/.exec(line) ?? []
    if (number === undefined) return []
    return [
      { number: Number(number), used: Number(used) * 1024, limit: hard === '0' ? undefined : Number(hard) * 1024 },
    ]
  })
}
