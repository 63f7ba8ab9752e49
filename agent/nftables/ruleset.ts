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
  /** Of several parts as nft prints them: `214 . 53`. */
  readonly key: string | number
  /** What a map gives for the key. */
  readonly value?: string | number
  /** What a person calls it: `device r214-pc07`. */
  readonly label?: string
}

export interface NamedSet {
  readonly name: string
  /** Of keys; several parts as nft prints them: `mark . inet_service`. */
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
  /** `inet`: packets on their way through the box. `bridge`: frames, as they enter from a cable. */
  readonly family: 'inet' | 'bridge'
  readonly table: string
  readonly sets: readonly NamedSet[]
  readonly chains: readonly Chain[]
}

export const rule = (comment: string, ...expr: readonly Statement[]): Rule => ({ comment, expr })
export const silent = (...expr: readonly Statement[]): Rule => ({ expr })

/** Priorities of the hooks, as nft's names for them stand for; `leaving` is ours, behind all translation; `frames` is before all. */
export const priority = { mangle: -150, dstnat: -100, filter: 0, srcnat: 100, leaving: 110, frames: -300 } as const

/** Between the parts of a key or type, as nft prints them. */
export const joint = ' . '

/** An element as nft's JSON writes it. The parts of our keys are numbers. */
export const elementJson = ({ key, value }: Element): Json => {
  const json = typeof key === 'string' && key.includes(joint) ? { concat: key.split(joint).map(Number) } : key
  return value === undefined ? json : [json, value]
}

/** A type as nft's JSON writes it. */
export const typeJson = (type: string): Json => (type.includes(joint) ? type.split(joint) : type)
