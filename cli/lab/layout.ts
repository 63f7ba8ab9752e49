import { join } from 'node:path'

/**
 * How everything of one lab is called. All names follow from the lab's name, so that `down` finds what a killed `up`
 * left behind without any record of it.
 */
export interface Layout {
  readonly name: string
  /** State, logs and mount points; gone with the lab. */
  readonly folder: string
  /** What the box writes to its disk: on a real file system, so that it survives a restart of the box. */
  readonly data: string
  /** Name of the control group that holds every process of the lab. */
  readonly group: string
  /** Begins the name of every network namespace of the lab. */
  readonly prefix: string
}

/** Each lab has a folder of its name in both. */
export const labFolder = '/run/iserv-lab'
export const dataFolder = '/var/cache/iserv-ctl/lab'

/** Whoever takes or sweeps a lab locks this. */
export const lockFolder = '/run/iserv-lab.lock'

/** Letters, digits and hyphens; at most 40 characters. */
export const labNamePattern = /^[a-z0-9][a-z0-9-]{0,39}$/

/** A client's name is also the name of its port on the switch, and an interface name has at most 15 characters. */
export const clientNamePattern = /^[a-z0-9][a-z0-9-]{0,14}$/

export function layoutOf(name: string): Layout {
  return {
    name,
    folder: join(labFolder, name),
    data: join(dataFolder, name),
    group: `iserv-lab.${name}`,
    prefix: `iserv-lab.${name}.`,
  }
}

/** The network namespace of the box, of the switches, of the internet provider. */
export function namespaceOf(layout: Layout, role: 'box' | 'switch' | 'provider'): string {
  return `${layout.prefix}${role}`
}

export function clientNamespace(layout: Layout, client: string): string {
  return `${layout.prefix}client.${client}`
}

/** The client a namespace belongs to; undefined for any other namespace. */
export function clientOf(layout: Layout, namespace: string): string | undefined {
  const start = `${layout.prefix}client.`
  return namespace.startsWith(start) ? namespace.slice(start.length) : undefined
}
