/** What all benches have in common: their bounds, rounds in turn, medians. */

/** What a bench has found out. */
export interface Measured {
  readonly ours: number
  /** The same work by the program we compare ourselves with, measured in the same run; null where there is none. */
  readonly peer: number | null
  /** What no program could beat: physics, protocol, hardware; null where nothing is known. */
  readonly limit: number | null
}

/** Upper bounds, of one figure or several. */
export interface AtMost {
  /** In the unit of the bench. */
  readonly ours?: number
  /** Ours divided by the peer. */
  readonly ratio?: number
  /** Ours divided by the limit. */
  readonly overLimit?: number
}

/** Every bench file exports them as `bounds`. */
export interface Bounds {
  readonly unit: string
  /** Above this the product is broken. */
  readonly must: AtMost
  /** What a good product reaches. */
  readonly aim: AtMost
}

/** The last line of `npm run bench -- NAME`. */
export interface Judged extends Bounds, Measured {
  readonly bench: string
  readonly ratio: number | null
  readonly overLimit: number | null
  /** `must` is kept. */
  readonly holds: boolean
  /** `aim` is kept. */
  readonly reached: boolean
}

export function judge(bench: string, { unit, must, aim }: Bounds, { ours, peer, limit }: Measured): Judged {
  const figures = { ours, ratio: divided(ours, peer), overLimit: divided(ours, limit) }
  const { ratio, overLimit } = figures
  const common = { bench, unit, ours: rounded(ours), peer: peer === null ? null : rounded(peer) }
  return {
    ...common,
    limit: limit === null ? null : rounded(limit),
    ratio: ratio === null ? null : rounded(ratio),
    overLimit: overLimit === null ? null : rounded(overLimit),
    must,
    aim,
    holds: within(must, figures),
    reached: within(aim, figures),
  }
}

type Figures = Readonly<Record<keyof AtMost, number | null>>

/** A bound on a figure that the bench did not measure is a mistake in the bench. */
function within(bound: AtMost, figures: Figures): boolean {
  return Object.entries(bound).every(([name, most]) => {
    const found = figures[name as keyof AtMost]
    if (found === null || !Number.isFinite(found)) throw new Error(`The bench has a bound on "${name}" and no figure.`)
    return found <= most
  })
}

/** A bound as a cell of a table: `≤ 1.3 ×`, `≤ 1/50 ×`, `≤ 15 ms`, `≤ 1 × limit`. */
export function boundText(bound: AtMost, unit: string): string {
  const { ours, ratio, overLimit } = bound
  return [
    ratio === undefined ? [] : `≤ ${factor(ratio)} ×`,
    overLimit === undefined ? [] : `≤ ${factor(overLimit)} × limit`,
    ours === undefined ? [] : `≤ ${ours} ${unit}`,
  ]
    .flat()
    .join(', ')
}

const factor = (value: number): string => (value < 1 ? `1/${Number((1 / value).toPrecision(3))}` : String(value))
const divided = (value: number, by: number | null): number | null => (by === null ? null : value / by)
const rounded = (value: number): number => Number(value.toPrecision(3))

/**
 * Measures several kinds of work in turn, so that a busy moment of the machine meets all of them. Each returns its own
 * figure: seconds of a clock, seconds of CPU, a count.
 * @returns the median of each
 */
export async function inTurn<Name extends string>(
  works: Readonly<Record<Name, () => Promise<number>>>,
  rounds = 5,
): Promise<Readonly<Record<Name, number>>> {
  const found = new Map<string, number[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries<() => Promise<number>>(works)) {
      found.set(name, [...(found.get(name) ?? []), await work()])
    }
  }
  for (const [name, values] of found) {
    console.error(`${name}: ${values.map(rounded).join(' ')}`)
  }
  const medians = [...found].map(([name, values]) => [name, median(values)] as const)
  return Object.fromEntries(medians) as Record<Name, number>
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which this share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('There is no quantile of nothing.')
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Seconds by the clock. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Seconds of processor time of this process, which another program on the machine does not lengthen. */
export async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
