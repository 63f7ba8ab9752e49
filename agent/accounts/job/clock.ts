/**
 * Whether the clock may be believed where days decide about accounts. It is, once it has run evenly for a day: no more than
 * an hour apart from the counter of the machine, which nobody sets. Pure.
 */

const hour = 3_600_000
const day = 24 * hour

/** The last look at the clock; milliseconds. */
export interface Look {
  /** What the clock said, since the epoch. */
  readonly wall: number
  /** Since when it runs evenly, by itself. */
  readonly began: number
  /** How long the box has run with it meanwhile. */
  readonly even: number
}

export interface Judged {
  readonly look: Look
  readonly trusted: boolean
  /** What was noted between these times was noted by a clock that was set right before anybody trusted it. */
  readonly wrong: { readonly from: number; readonly to: number } | undefined
}

/** A box may be off for so long and still be believed the time. */
const longestOff = 4 * day

/**
 * @param last undefined: nobody has looked yet
 * @param elapsed by the counter since the last look; undefined: the agent or the box was off meanwhile
 */
export function judgeClock(last: Look | undefined, wall: number, elapsed: number | undefined): Judged {
  const fresh = { wall, began: wall - (elapsed ?? 0), even: 0 }
  if (last === undefined) return { look: fresh, trusted: false, wrong: undefined }
  const passed = wall - last.wall
  const goesOn = elapsed === undefined ? passed >= -hour && passed <= longestOff : Math.abs(passed - elapsed) <= hour
  if (goesOn) {
    const even = last.even + (elapsed ?? 0)
    return { look: { wall, began: last.began, even }, trusted: even >= day, wrong: undefined }
  }
  const seen = elapsed !== undefined && last.even < day
  return { look: fresh, trusted: false, wrong: seen ? { from: last.began, to: last.wall + elapsed } : undefined }
}
