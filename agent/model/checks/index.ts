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
import { type Check, survey, type Present } from './survey.ts'
import { wlan } from './wlan.ts'

const checks: readonly Check[] = [
  names,
  choices,
  references,
  ports,
  subnets,
  pools,
  reservations,
  macs,
  directory,
  exposure,
  targets,
  keys,
  outside,
  filtering,
  shares,
  wlan,
]

/**
 * Everything that is wrong between the parts of a state, or only worth saying, by line where texts are known.
 * @param present what was not left out of the state; nothing is said about what else may be missing.
 */
export function checkState(state: SchoolState, places: Places = noPlaces, present?: Present): readonly Problem[] {
  const known = survey(state, places.refer, present)
  return checks.flatMap((check) => check(known)).map((remark) => places.problem(remark))
}
