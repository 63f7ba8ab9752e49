/** Letters to change, add, drop or swap to come from one word to the other (optimal string alignment). */
export function distance(from: string, to: string): number {
  const rows: number[][] = Array.from({ length: from.length + 1 }, (_, row) => [row])
  const at = (row: number, column: number): number => rows[row]?.[column] ?? column
  for (let row = 1; row <= from.length; row += 1) {
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const best = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      )
      rows[row]?.splice(column, 1, best)
    }
  }
  return at(from.length, to.length)
}

/** The word most probably meant: within a third of its letters, at least two; undefined when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.slice(0, 64).toLowerCase()
  let best: { candidate: string; off: number } | undefined
  for (const candidate of candidates) {
    const off = distance(typed, candidate.toLowerCase())
    if (
      off <= Math.max(2, Math.floor(candidate.length / 3)) &&
      off < candidate.length &&
      off < (best?.off ?? Infinity)
    ) {
      best = { candidate, off }
    }
  }
  return best?.candidate
}

/** ` Did you mean "network"?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = nearest(word, candidates)
  return meant === undefined ? '' : ` Did you mean "${meant}"?`
}
