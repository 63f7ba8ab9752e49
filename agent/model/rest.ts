import type { Path } from './document.ts'
import { type Section, SchoolState } from './state.ts'

/**
 * A state with mistakes in its shape without the words, entries and sections that have them, so that what is left can be
 * checked in the same run and a person sees all mistakes at once.
 */
export interface Rest {
  readonly state: SchoolState
  /** What was left out of a section, if anything: only words, or entries as well. */
  readonly lost: ReadonlyMap<Section, 'words' | 'entries'>
  /** The place in the given value of a place in `state`. */
  readonly original: (path: Path) => Path
}

/** Stand-ins for sections without which there is no state; no check has anything to say of them. */
const standIns: Readonly<Record<string, unknown>> = {
  version: 1,
  school: { name: '?', domain: 'school.invalid' },
  uplink: { port: '_' },
  networks: [{ name: 'none', ports: ['_none'], ipv4: '10.255.255.253/30' }],
}

/** Each round leaves out more around a mistake: a key, its entry, its section. No schema nests deeper. */
const mostRounds = 8

type Content = Readonly<Record<string, unknown>>
type Positions = WeakMap<readonly unknown[], readonly number[]>

/** Undefined when too little is left. */
export function restOf(given: Content): Rest | undefined {
  const positions: Positions = new WeakMap()
  const lost = new Map<Section, 'words' | 'entries'>()
  let value = given
  for (let round = 0; round < mostRounds; round += 1) {
    const whole = { ...standIns, ...value }
    const parsed = SchoolState.safeParse(whole)
    if (parsed.success) return { state: parsed.data, lost, original: (path) => originalOf(path, whole, positions) }
    const cuts: Cuts = new Map()
    for (const issue of parsed.error.issues) {
      const path = issue.path as Path
      const [section] = path
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys : []
      // An unknown word in a list's entry takes nothing else with it; elsewhere it may be a list misspelt.
      const onlyWords = unknown.length > 0 && path.some((step) => typeof step === 'number')
      if (isSection(section) && lost.get(section) !== 'entries') lost.set(section, onlyWords ? 'words' : 'entries')
      if (unknown.length === 0) mark(cuts, unitOf(path, whole))
      for (const key of unknown) mark(cuts, [...path, key])
    }
    value = without(whole, cuts, positions) as Content
  }
  return undefined
}

const isSection = (name: unknown): name is Section => Object.hasOwn(SchoolState.shape, String(name))

/** What is to be left out: key or position → the whole of it, or parts of it. */
type Cuts = Map<string | number, Cuts | 'whole'>

/** The entry of a list in which a mistake is; outside of lists the word itself, or what lacks it. */
function unitOf(path: Path, value: Content): Path {
  const entry = path.findLastIndex((step) => typeof step === 'number')
  if (entry >= 0) return path.slice(0, entry + 1)
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as Content | undefined)?.[step], value)
  const isThere = Object.hasOwn(Object(parent) as object, path.at(-1) ?? '')
  return isThere || path.length === 1 ? path : path.slice(0, -1)
}

function mark(cuts: Cuts, [step, ...rest]: Path): void {
  if (step === undefined || cuts.get(step) === 'whole') return
  if (rest.length === 0) {
    cuts.set(step, 'whole')
    return
  }
  const inner = cuts.get(step) ?? new Map()
  cuts.set(step, inner)
  if (inner !== 'whole') mark(inner, rest)
}

function without(value: unknown, cuts: Cuts, positions: Positions): unknown {
  const left = (step: string | number, content: unknown): readonly unknown[] => {
    const cut = cuts.get(step)
    if (cut === 'whole') return []
    return [cut === undefined ? content : without(content, cut, positions)]
  }
  if (Array.isArray(value)) {
    const before = positions.get(value)
    const kept = value.flatMap((entry: unknown, at) => left(at, entry).map((one) => ({ one, at: before?.[at] ?? at })))
    const array = kept.map(({ one }) => one)
    positions.set(
      array,
      kept.map(({ at }) => at),
    )
    return array
  }
  return Object.fromEntries(
    Object.entries(value as Content).flatMap(([key, content]) => left(key, content).map((one) => [key, one])),
  )
}

function originalOf(path: Path, value: unknown, positions: Positions): Path {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return path
  const at = Array.isArray(value) && typeof step === 'number' ? (positions.get(value)?.[step] ?? step) : step
  return [at, ...originalOf(rest, (value as Content)[step], positions)]
}
