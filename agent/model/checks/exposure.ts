import { addressNumber, contains } from '../address.ts'
import { administrationPort, keyPart } from '../administration.ts'
import { error, warning } from '../remark.ts'
import { type Check, repeated } from './survey.ts'

/** A port leads to one thing only, seen from each side. */
export const exposure: Check = ({ state, refer }) => {
  const services = state.services.flatMap(({ name, protocol, ports, from }, index) =>
    ports.flatMap((port, at) =>
      from.map((zone) => ({ name, protocol, port, zone, path: ['services', index, 'ports', at] })),
    ),
  )
  const forwards = state.forwards.map(({ name, protocol, port }, index) => ({
    name,
    protocol,
    port,
    zone: 'uplink',
    path: ['forwards', index, 'port'],
  }))
  const { keys, from } = state.administration
  const administration = (keys.length === 0 ? [] : from).map((zone, index) => ({
    name: 'administration',
    protocol: 'tcp',
    port: administrationPort,
    zone,
    path: ['administration', 'from', index],
  }))
  const clashes = repeated(
    [...administration, ...services, ...forwards],
    ({ protocol, port, zone }) => `${protocol} ${port} ${zone}`,
  )
  return clashes.map(([use, earlier]) =>
    error(
      use.path,
      `${use.protocol} port ${use.port} from ${use.zone} already leads to ${earlier.name} (${refer(earlier.path, use.path)})`,
    ),
  )
}

/** What a forward leads to keeps its address. */
export const targets: Check = ({ state, ipv4, isWhole, hasAll }) => {
  const devices = new Map(state.devices.map((device) => [device.name as string, device]))
  const inside = state.networks.map(ipv4)
  return state.forwards.flatMap(({ to }, index) => {
    const device = devices.get(to.device ?? '')
    if (device !== undefined && device.address === undefined) {
      if (!isWhole('devices')) return []
      const hint = `Give it an address: iserv-ctl device add ${device.name} --mac ${device.mac} --address auto`
      const message = `${device.name} has no address of its own; the forward breaks when its lease changes`
      return [warning(['forwards', index, 'to', 'device'], message, hint)]
    }
    const address = to.address === undefined ? undefined : addressNumber(to.address)
    if (address === undefined || !hasAll('networks') || inside.some((subnet) => contains(subnet, address))) return []
    return [warning(['forwards', index, 'to', 'address'], `${to.address} lies in no network of the school`)]
  })
}

/** Whoever is to be shut out is named once. */
export const keys: Check = ({ state, refer }) => {
  const lines = state.administration.keys.map((line, index) => ({ line, path: ['administration', 'keys', index] }))
  return repeated(lines, ({ line }) => keyPart(line)).map(([key, earlier]) =>
    error(key.path, `the same key stands already on ${refer(earlier.path, key.path)}`),
  )
}
