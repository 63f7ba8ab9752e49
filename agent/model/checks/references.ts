import type { Path } from '../document.ts'
import { didYouMean } from '../nearest.ts'
import { error, type Remark } from '../remark.ts'
import type { Section } from '../state.ts'
import type { Check } from './survey.ts'

const mostSuggestions = 100

/** Whatever is named elsewhere exists. */
export const references: Check = ({ state, hasAll }) => {
  const known = (kind: string, section: Section, entries: readonly { readonly name: string }[]) => {
    const all = hasAll(section)
    const names = new Set(entries.map(({ name }) => name))
    const suggestions = new Map<string, string>()
    const suggest = (name: string): string => {
      // To look for the nearest of thousands of names takes a while; a hundred suggestions show what is wrong.
      if (suggestions.size < mostSuggestions && !suggestions.has(name)) suggestions.set(name, didYouMean(name, names))
      return suggestions.get(name) ?? ''
    }
    return (path: Path, name: string | undefined): readonly Remark[] =>
      name === undefined || names.has(name) || !all
        ? []
        : [error(path, `there is no ${kind} "${name}".${suggest(name)}`.replace(/\.$/, ''))]
  }
  const network = known('network', 'networks', state.networks)
  const room = known('room', 'rooms', state.rooms)
  const device = known('device', 'devices', state.devices)
  const list = known('filter list', 'filters', state.filters.lists)
  const profile = known('filter profile', 'filters', state.filters.profiles)
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
    ...(state.administration.devices ?? []).flatMap((name, index) =>
      device(['administration', 'devices', index], name),
    ),
    ...(state.administration.rooms ?? []).flatMap((name, index) => room(['administration', 'rooms', index], name)),
    ...state.forwards.flatMap(({ to }, index) => device(['forwards', index, 'to', 'device'], to.device)),
    ...state.filters.profiles.flatMap(({ block, only = [] }, index) => [
      ...block.flatMap((name, at) => list(['filters', 'profiles', index, 'block', at], name)),
      ...only.flatMap((name, at) => list(['filters', 'profiles', index, 'only', at], name)),
    ]),
  ]
}
