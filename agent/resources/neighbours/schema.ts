/** Which card has an address on a bridge. */
export interface Neighbour {
  readonly bridge: string
  readonly address: string
  readonly mac: string
}

export interface NeighboursDesired {
  readonly bridges: readonly string[]
  readonly neighbours: readonly Neighbour[]
}

export interface NeighboursActual {
  /** Bridges that can have neighbours: they are there and switched on. */
  readonly bridges: readonly string[]
  /** Those that do not change by what devices say. */
  readonly fixed: readonly Neighbour[]
}

export interface NeighboursStep {
  readonly kind: 'fix'
  readonly set: readonly Neighbour[]
  /** May change again. */
  readonly released: readonly Neighbour[]
}
