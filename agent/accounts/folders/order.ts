/** One entry of a folder that is to get another name in the same folder. */
export interface Move {
  readonly from: string
  readonly to: string
}

/**
 * Brings renames in an order in which no target is taken: 6a goes to 7a before 5a goes to 6a. A ring is opened by a
 * detour over a name that nobody else has. Wherever the power fails between two of them, each folder is still itself.
 * @param moves every source and every target once; targets that are no source are free.
 * @param detour a free name for an entry on its way.
 */
export function inOrder(moves: readonly Move[], detour: (move: Move) => string): readonly Move[] {
  const waiting = new Map(moves.map((move) => [move.from, move]))
  const ordered: Move[] = []
  for (const first of moves) {
    if (!waiting.has(first.from)) continue
    const chain: Move[] = []
    let next: Move | undefined = first
    while (next !== undefined && waiting.delete(next.from)) {
      chain.push(next)
      next = waiting.get(next.to)
    }
    const last = chain.at(-1)
    if (last?.to === first.from && chain.length > 1) {
      const aside = detour(first)
      ordered.push({ from: first.from, to: aside }, ...chain.slice(1).toReversed(), { from: aside, to: first.to })
    } else {
      ordered.push(...chain.toReversed())
    }
  }
  return ordered
}
