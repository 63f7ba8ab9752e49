import type { Problem } from '../errors.ts'
import { type Path, pathText } from './document.ts'
import type { Joined } from './join.ts'
import type { Remark } from './remark.ts'

/** Where the values of a state stand in the texts it was read from. */
export interface Places {
  readonly problem: (remark: Remark) => Problem
  /** As other sentences refer to a place: `line 57`, `line 57 of devices.yaml`, or the path where no text is known. */
  readonly refer: (path: Path, from: Path) => string
}

/** Of a state that came from no text: paths only. */
export const noPlaces: Places = {
  problem: ({ path, ...rest }) => ({ ...rest, path: pathText(path) }),
  refer: (path) => pathText(path),
}

export function placesIn(joined: Joined): Places {
  const find = (path: Path): { file: string; line: number } | undefined => {
    const origin = joined.origin(path)
    return origin && { file: origin.part.file, line: origin.part.lineOf(origin.path) }
  }
  return {
    problem: ({ path, ...rest }) => ({ ...rest, ...find(path), path: pathText(path) }),
    refer: (path, from) => {
      const place = find(path)
      if (place === undefined) return pathText(path)
      return place.file === find(from)?.file ? `line ${place.line}` : `line ${place.line} of ${place.file}`
    },
  }
}

/** The same places for a state from which something was left out; `original` tells where a path was before. */
export function movedPlaces(places: Places, original: (path: Path) => Path): Places {
  return {
    problem: (remark) => places.problem({ ...remark, path: original(remark.path) }),
    refer: (path, from) => places.refer(original(path), original(from)),
  }
}
