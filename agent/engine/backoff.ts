const first = 5_000
const longest = 600_000

/** Milliseconds to wait after so many failures in a row: 5 s, doubling, at most 10 minutes. */
export function backoff(failures: number): number {
  return failures < 1 ? 0 : Math.min(first * 2 ** Math.min(failures - 1, 20), longest)
}
