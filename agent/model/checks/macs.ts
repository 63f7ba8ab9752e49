import { error } from '../remark.ts'
import { type Check, repeated } from './survey.ts'

/** One network card, one device. */
export const macs: Check = ({ state, refer }) =>
  repeated(
    state.devices.map(({ name, mac }, index) => ({ name, mac, path: ['devices', index, 'mac'] })),
    ({ mac }) => mac,
  ).map(([device, earlier]) =>
    error(device.path, `${device.mac} already belongs to ${earlier.name} (${refer(earlier.path, device.path)})`),
  )
