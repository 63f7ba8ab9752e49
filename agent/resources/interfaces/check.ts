import { BoxError, type Problem } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { observePorts, portMeant, type Port } from './ports.ts'
import { portOfFile } from './render.ts'
import type { Desired } from './schema.ts'

/** What the current generation declares; the folder of systemd-networkd. */
const currentFolder = '/var/lib/iserv/current/interfaces'

/**
 * systemd-networkd has no checker; what stands in its files comes from typed values alone. What remains is whether this
 * machine has the ports: with others nobody would reach it. One that is declared already and has died since is a finding
 * instead, so that everything else can still be changed.
 * @throws `PORT_UNKNOWN`
 */
export async function check(desired: Desired, _folder: string, system: System): Promise<void> {
  const ports = await observePorts(system)
  const declared = new Set((await system.files.list(currentFolder)).map((name) => portOfFile(name)))
  const problems = unknownPorts(desired, ports, declared)
  if (problems.length === 0) return
  throw new BoxError('PORT_UNKNOWN', 'This server does not have every port that the state names; nothing was changed', {
    hint: `Its ports: ${ports.map((port) => portWords(port)).join(', ') || 'none'}.`,
    problems,
  })
}

/** Pure: a problem for each place that names a port which is not there. */
export function unknownPorts(
  { links }: Desired,
  ports: readonly Port[],
  declared: ReadonlySet<string | undefined>,
): readonly Problem[] {
  const names = new Set(ports.map(({ name }) => name))
  return links
    .filter(({ name }) => !names.has(name) && !declared.has(name))
    .flatMap(({ name, namedAt = [] }) => {
      const meant = portMeant(name, ports)
      const hint = meant === undefined ? {} : { hint: `Write ${meant.name}.` }
      return namedAt.map((path) => ({
        severity: 'error' as const,
        path,
        message: `${macOf(name) ?? name} is no name of a port of this server`,
        ...hint,
      }))
    })
}

/** Of a name that was made from one; a person has written the address. */
function macOf(name: string): string | undefined {
  const digits = /^enx([0-9a-f]{12})$/.exec(name)?.[1]
  return digits?.match(/../g)?.join(':')
}

function portWords({ name, mac, driver, link }: Port): string {
  const words = [mac, driver, link === 'off' ? '' : `link ${link}`].filter((word) => word !== '')
  return `${name} (${words.join(', ')})`
}
