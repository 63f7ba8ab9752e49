import type { Problem } from '../../errors.ts'
import { noPlaces, type Places } from '../places.ts'
import type { SchoolState } from '../state.ts'
import { choices } from './choices.ts'
import { directory } from './directory.ts'
import { exposure, keys, targets } from './exposure.ts'
import { filtering } from './filtering.ts'
import { macs } from './macs.ts'
import { names } from './names.ts'
import { outside } from './outside.ts'
import { pools } from './pools.ts'
import { ports } from './ports.ts'
import { references } from './references.ts'
import { reservations } from './reservations.ts'
import { subnets } from './subnets.ts'
import { shares } from './shares.ts'
import { type Check, survey } from './survey.ts'
import { wlan } from './wlan.ts'

/** What holds between entries that are there, whatever else may be missing. */
const ofAny: readonly Check[] = [names, choices, ports, subnets, reservations, macs, exposure, keys]

/** What only a whole state can be asked. */
const ofWhole: readonly Check[] = [references, pools, directory, targets, outside, filtering, wlan, shares]

/** Everything that is wrong between the parts of a state, or only worth saying, by line where texts are known. */
export function checkState(state: SchoolState, places: Places = noPlaces): readonly Problem[] {
  return run([...ofAny, ...ofWhole], state, places)
}

/** The same for a state of which broken entries were left out: nothing is said about what is missing. */
export function checkRest(state: SchoolState, places: Places): readonly Problem[] {
  return run(ofAny, state, places)
}

function run(checks: readonly Check[], state: SchoolState, places: Places): readonly Problem[] {
  const known = survey(state, places.refer)
  return checks.flatMap((check) => check(known)).map((remark) => places.problem(remark))
}
