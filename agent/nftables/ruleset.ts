import type { Json, Statement } from './expression.ts'

/** A table as nftables knows it: what is to be in force, and in the same form what is. */

export interface Rule {
  /** Tells a person which rule decided; at most 128 bytes. */
  readonly comment?: string
  readonly expr: readonly Statement[]
}

export interface Hook {
  readonly type: 'filter' | 'nat'
  readonly hook: 'prerouting' | 'input' | 'forward' | 'postrouting'
  readonly prio: number
  readonly policy: 'accept' | 'drop'
}

export interface Chain {
  readonly name: string
  /** Absent: only reached by a jump. */
  readonly hook?: Hook
  readonly rules: readonly Rule[]
}

export interface Element {
  readonly key: string | number
  /** What a map gives for the key. */
  readonly value?: string | number
  /** What a person calls it: `device r214-pc07`. */
  readonly label?: string
}

export interface NamedSet {
  readonly name: string
  readonly type: string
  /** Type of the values, for maps. */
  readonly map?: string
  readonly flags?: readonly ('dynamic' | 'timeout')[]
  readonly size?: number
  /** Seconds. */
  readonly timeout?: number
  /** Filled by packets or by locks, not by the model: survives a replacement. */
  readonly live: boolean
  readonly elements: readonly Element[]
}

export interface Ruleset {
  /** Of family inet. */
  readonly table: string
  readonly sets: readonly NamedSet[]
  readonly chains: readonly Chain[]
}

export const rule = (comment: string, ...expr: readonly Statement[]): Rule => ({ comment, expr })
export const silent = (...expr: readonly Statement[]): Rule => ({ expr })

/** Priorities of the hooks, as nft's names for them stand for; `leaving` is ours, behind all translation. */
export const priority = { mangle: -150, dstnat: -100, filter: 0, srcnat: 100, leaving: 110 } as const

/** An element as nft's JSON writes it. */
export const elementJson = ({ key, value }: Element): Json => (value === undefined ? key : [key, value])
