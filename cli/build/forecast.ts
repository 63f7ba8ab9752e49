/** How long a build still takes, from how long its stages took before. Pure. */

/** Milliseconds by stage. */
export type Durations = Readonly<Record<string, number>>

export interface Forecast {
  /** 0 to 1 of the running stage; undefined when it never ran before. */
  readonly fraction: number | undefined
  /** For a person; empty when nothing is known. */
  readonly left: string
}

/** A stage that takes longer than before stays just below its end. */
const almost = 0.98

export function timeLeft(
  durations: ReadonlyMap<string, number>,
  stage: string,
  elapsed: number,
  ahead: readonly string[],
): Forecast {
  const expected = durations.get(stage)
  if (expected === undefined) return { fraction: undefined, left: '' }
  const rest = ahead.map((name) => durations.get(name) ?? 0).reduce((sum, one) => sum + one, 0)
  return {
    fraction: Math.min(elapsed / Math.max(expected, 1), almost),
    left: spoken(Math.max(expected - elapsed, 0) + rest),
  }
}

function spoken(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 5) return 'some seconds left'
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} s left`
  return `about ${Math.round(seconds / 60)} min left`
}
