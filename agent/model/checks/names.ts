import type { Path } from '../document.ts'
import { joinRefusal, reservedFor } from '../local-names.ts'
import { error } from '../remark.ts'
import { type Check, repeated } from './survey.ts'

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
  const joining = new Set<string>(state.rooms.filter(({ joins }) => joins === true).map(({ name }) => name))
  const refused = state.devices.flatMap(({ name, joins, room }, index) => {
    const reason = reservedFor(name)
    if (reason !== undefined) return [refusal(index, `the name ${name} is reserved: ${reason}`)]
    const refusedBy = (joins ?? joining.has(room ?? '')) ? joinRefusal(name, state.school.domain) : undefined
    return refusedBy === undefined ? [] : [refusal(index, `a computer named ${name} cannot join: ${refusedBy}`)]
  })
  return [...twice, ...refused]
}

const refusal = (index: number, message: string) => error(['devices', index, 'name'], message, 'Choose another.')
