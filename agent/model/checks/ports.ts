import { bridgeOf } from '../network.ts'
import { error } from '../remark.ts'
import { type Check, repeated } from './survey.ts'

/** A port, or one VLAN of a port, carries one network; the uplink's port carries none. */
export const ports: Check = ({ state, refer }) => {
  const uses = state.networks.flatMap((network, index) =>
    network.ports.map((port, at) => ({ port, network, path: ['networks', index, 'ports', at] })),
  )
  const shared = repeated(uses, ({ port, network }) => `${port} ${network.vlan ?? ''}`).map(([use, earlier]) => {
    const what =
      use.network.vlan === undefined
        ? `port ${use.port} without a VLAN`
        : `VLAN ${use.network.vlan} of port ${use.port}`
    const message = `${what} already carries network ${earlier.network.name} (${refer(earlier.path, use.path)})`
    return error(use.path, message, 'Give one of the networks a VLAN of its own.')
  })
  const uplink = uses
    .filter(({ port }) => port === state.uplink.port)
    .map(({ port, path }) => error(path, `${port} is the port of the uplink (${refer(['uplink', 'port'], path)})`))
  const bridges = new Set(state.networks.map(bridgeOf))
  const own = [{ port: state.uplink.port, path: ['uplink', 'port'] }, ...uses]
    .filter(({ port }) => bridges.has(port) || port === 'lo')
    .map(({ port, path }) => error(path, `${port} is no port: the box makes it itself`))
  return [...shared, ...uplink, ...own]
}
