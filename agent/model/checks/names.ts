import type { Path } from '../document.ts'
import { error } from '../remark.ts'
import { type Check, repeated } from './survey.ts'

/** Names that the box gives to itself, or that computers look up to find a proxy. */
export const reservedNames: readonly string[] = ['server', 'localhost', 'wpad', 'isatap']

/** A name says one thing. */
export const names: Check = ({ state, refer }) => {
  const lists: readonly (readonly [path: Path, entries: readonly { readonly name: string }[]])[] = [
    [['networks'], state.networks],
    [['rooms'], state.rooms],
    [['devices'], state.devices],
    [['services'], state.services],
    [['forwards'], state.forwards],
    [['filters', 'lists'], state.filters.lists],
    [['filters', 'profiles'], state.filters.profiles],
    [['wlan', 'accessPoints'], state.wlan?.accessPoints ?? []],
  ]
  const twice = lists.flatMap(([path, entries]) =>
    repeated(
      entries.map(({ name }, index) => ({ name, path: [...path, index, 'name'] })),
      ({ name }) => name,
    ).map(([entry, earlier]) =>
      error(entry.path, `the name ${entry.name} is already taken (${refer(earlier.path, entry.path)})`),
    ),
  )
  const reserved = state.devices.flatMap(({ name }, index) =>
    reservedNames.includes(name)
      ? [error(['devices', index, 'name'], `the name ${name} is reserved`, 'Choose another.')]
      : [],
  )
  return [...twice, ...reserved]
}
