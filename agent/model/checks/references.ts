import type { Path } from '../document.ts'
import { didYouMean } from '../nearest.ts'
import { error, type Remark } from '../remark.ts'
import type { Check } from './survey.ts'

const mostSuggestions = 100

/** Whatever is named elsewhere exists. */
export const references: Check = ({ state }) => {
  const known = (kind: string, entries: readonly { readonly name: string }[]) => {
    const names = new Set(entries.map(({ name }) => name))
    const suggestions = new Map<string, string>()
    const suggest = (name: string): string => {
      // To look for the nearest of thousands of names takes a while; a hundred suggestions show what is wrong.
      if (suggestions.size < mostSuggestions && !suggestions.has(name)) suggestions.set(name, didYouMean(name, names))
      return suggestions.get(name) ?? ''
    }
    return (path: Path, name: string | undefined): readonly Remark[] =>
      name === undefined || names.has(name)
        ? []
        : [error(path, `there is no ${kind} "${name}".${suggest(name)}`.replace(/\.$/, ''))]
  }
  const network = known('network', state.networks)
  const room = known('room', state.rooms)
  const device = known('device', state.devices)
  const list = known('filter list', state.filters.lists)
  const profile = known('filter profile', state.filters.profiles)
  return [
    ...state.networks.flatMap(({ filter }, index) => profile(['networks', index, 'filter'], filter)),
    ...state.rooms.flatMap((entry, index) => [
      ...network(['rooms', index, 'network'], entry.network),
      ...profile(['rooms', index, 'filter'], entry.filter),
      ...profile(['rooms', index, 'filterWhenLocked'], entry.filterWhenLocked),
    ]),
    ...state.devices.flatMap((entry, index) => [
      ...room(['devices', index, 'room'], entry.room),
      ...network(['devices', index, 'network'], entry.network),
    ]),
    ...Object.entries(state.wlan?.roles ?? {}).flatMap(([role, name]) => network(['wlan', 'roles', role], name)),
    ...state.forwards.flatMap(({ to }, index) => device(['forwards', index, 'to', 'device'], to.device)),
    ...state.filters.profiles.flatMap(({ block, only = [] }, index) => [
      ...block.flatMap((name, at) => list(['filters', 'profiles', index, 'block', at], name)),
      ...only.flatMap((name, at) => list(['filters', 'profiles', index, 'only', at], name)),
    ]),
  ]
}
