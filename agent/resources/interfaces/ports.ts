import { basename } from 'node:path'
import { portNameOf } from '../../model/scalars.ts'
import type { System } from '../../system/system.ts'
import { kernelLinks } from './observe.ts'
import type { ActualLink } from './schema.ts'

/** A place for a network cable at this server. */
export interface Port {
  readonly name: string
  readonly mac: string
  /** The kernel's driver; empty in a container. */
  readonly driver: string
  /** `off`: switched off, as no network is declared for it, so that nobody knows of a cable. */
  readonly link: 'up' | 'down' | 'off'
  /** Other names of it, such as the one by its slot. */
  readonly otherNames: readonly string[]
}

export async function observePorts(system: System): Promise<readonly Port[]> {
  const links = (await kernelLinks(system)).filter((link) => isPort(link))
  return Promise.all(
    links.map(async ({ name, mac, up, carrier, otherNames }) => {
      const driver = await system.files.readLink(`/sys/class/net/${name}/device/driver`)
      return { name, mac, driver: basename(driver ?? ''), link: linkOf(up, carrier), otherNames }
    }),
  )
}

/** A network card, or what stands for one in a container. */
function isPort({ name, kind }: ActualLink): boolean {
  return name !== 'lo' && (kind === '' || kind === 'veth')
}

function linkOf(up: boolean, carrier: boolean): Port['link'] {
  if (!up) return 'off'
  return carrier ? 'up' : 'down'
}

/** The port that is meant by a name that no port has: by its MAC address where names do not come from it, or by its slot. */
export function portMeant(name: string, ports: readonly Port[]): Port | undefined {
  return ports.find(({ mac, otherNames }) => portNameOf(mac) === name || otherNames.includes(name))
}
