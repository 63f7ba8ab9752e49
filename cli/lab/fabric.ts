/**
 * Switches and cables as input for `ip -batch`. A switch is a bridge without addresses, one for each port of the box;
 * the cables are veth pairs made directly in the two namespaces they join, so that the host never sees them.
 */

const switchOptions = 'forward_delay 0 stp_state 0 mcast_snooping 0'

/** Namespaces of the lab and one switch for each port. */
export function switches(namespaces: readonly string[], inside: string, ports: readonly string[]): string {
  return lines([
    ...namespaces.map((name) => `netns add ${name}`),
    ...ports.map((port) => `link add ${port} netns ${inside} type bridge ${switchOptions}`),
  ])
}

export interface Cable {
  readonly namespace: string
  readonly interfaceName: string
  readonly mac?: string
  /** Name of the other end, at the switch. */
  readonly end: string
  readonly switchNamespace: string
}

/** A cable from an interface to a switch. */
export function cable({ namespace, interfaceName, mac, end, switchNamespace }: Cable): string {
  const address = mac === undefined ? '' : `address ${mac} `
  return `link add ${interfaceName} ${address}netns ${namespace} type veth peer name ${end} netns ${switchNamespace}\n`
}

/** Plugs cables in: to be run in the switches' namespace. */
export function plugged(ends: readonly { readonly end: string; readonly port: string }[]): string {
  return lines(ends.map(({ end, port }) => `link set ${end} master ${port} up`))
}

export function up(interfaces: readonly string[]): string {
  return lines(interfaces.map((name) => `link set ${name} up`))
}

/** The end of the box's own cable at the switch. */
export function boxEnd(port: string): string {
  return `box-${port}`.slice(0, 15)
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('')
}
