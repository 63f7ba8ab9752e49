import { error } from '../remark.ts'
import type { Check } from './survey.ts'

/** Where one of two keys is wanted, exactly one is given. */
export const choices: Check = ({ state, isWhole }) => [
  ...state.devices.flatMap(({ name, room, network }, index) => {
    if (room === undefined && network === undefined) {
      if (!isWhole('devices')) return []
      return [error(['devices', index], `${name} stands in no room and no network`, 'Give "room" or "network".')]
    }
    if (room === undefined || network === undefined) return []
    return [
      error(
        ['devices', index, 'network'],
        `${name} stands in room ${room} and in network ${network}; a room already has its network`,
        'Remove "network".',
      ),
    ]
  }),
  ...state.forwards.flatMap(({ name, to }, index) => {
    const given = [to.device, to.address].filter((target) => target !== undefined).length
    if (given === 1 || (given === 0 && !isWhole('forwards'))) return []
    const message = given === 0 ? `${name} leads nowhere` : `${name} leads to a device and to an address`
    return [error(['forwards', index, 'to'], message, 'Give either "device" or "address".')]
  }),
]
