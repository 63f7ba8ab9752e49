/** How often a source may be wrong about passwords before it has to wait. Pure: times are those of a clock that never goes back. */

/** One wrong password, and where it came from. */
export interface WrongPassword {
  readonly source: string
  /** Milliseconds of the monotonic clock. */
  readonly at: number
}

export interface Pause {
  readonly source: string
  readonly seconds: number
  /** Wrong passwords that led to it. */
  readonly tries: number
}

/** Times of the wrong passwords of each source that still count, the source that was heard of last at the end. */
export type Counts = ReadonlyMap<string, readonly number[]>

/** Wrong passwords older than this do not count any more; milliseconds. */
export const counted = 300_000

/**
 * A person mistypes three or four times; a program that has kept an old password tries a dozen times. Every ten tries cost
 * twenty seconds, and thirty within five minutes ten minutes: at most 4,320 tries a day, and nobody has to be asked to end it.
 */
export const slowed = { each: 10, seconds: 20 } as const
export const banned = { tries: 30, seconds: 600 } as const

/** Sources that are remembered; whoever makes up more of them makes the quietest be forgotten. */
export const remembered = 10_000

export interface Judged {
  readonly counts: Counts
  readonly pauses: readonly Pause[]
}

/** What follows from wrong passwords that came in, with what was counted before. */
export function judge(before: Counts, wrong: readonly WrongPassword[], now: number): Judged {
  const counts = new Map(before)
  const known = new Map<string, number>()
  for (const { source, at } of wrong) {
    const times = (counts.get(source) ?? []).filter((time) => now - time < counted)
    if (!known.has(source)) known.set(source, times.length)
    counts.delete(source)
    counts.set(source, [...times, at].slice(-banned.tries))
  }
  const pauses = [...known].flatMap(([source, earlier]): readonly Pause[] => {
    const tries = counts.get(source)?.length ?? 0
    if (tries >= banned.tries) {
      // What comes after the pause is counted anew.
      counts.delete(source)
      return [{ source, seconds: banned.seconds, tries }]
    }
    const steps = (count: number): number => Math.floor(count / slowed.each)
    return steps(tries) > steps(earlier) ? [{ source, seconds: slowed.seconds, tries }] : []
  })
  for (const [source, times] of counts) {
    const quiet = now - (times.at(-1) ?? 0) >= counted
    if (quiet || counts.size > remembered) counts.delete(source)
  }
  return { counts, pauses }
}
