import { SchoolState } from './state.ts'

/**
 * A state with mistakes in its shape without the entries that have them, so that what is left can be checked in the
 * same run and a person sees all mistakes at once.
 */
export interface Rest {
  readonly state: SchoolState
  /** Per section the positions of the entries that remained. */
  readonly kept: Readonly<Record<string, readonly number[]>>
}

/** Stand-ins for sections without which there is no state; nothing is checked against them. */
const standIns: Readonly<Record<string, unknown>> = {
  version: 1,
  school: { name: '?', domain: 'school.invalid' },
  uplink: { port: '_' },
  networks: [{ name: 'none', ports: ['_none'], ipv4: '192.0.2.1/30' }],
}

/** Undefined when too little is left. */
export function restOf(value: Readonly<Record<string, unknown>>): Rest | undefined {
  const kept: Record<string, readonly number[]> = {}
  const sections = Object.entries(SchoolState.shape).map(([name, schema]) => {
    const content = value[name]
    if (!Array.isArray(content)) return [name, schema.safeParse(content).success ? content : standIns[name]]
    const positions = content.keys().filter((position) => schema.safeParse([content[position]]).success)
    kept[name] = [...positions]
    return [name, kept[name].length === 0 ? standIns[name] : kept[name].map((position): unknown => content[position])]
  })
  const parsed = SchoolState.safeParse(Object.fromEntries(sections))
  return parsed.success ? { state: parsed.data, kept } : undefined
}
