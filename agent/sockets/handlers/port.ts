import { type Port, portList } from '../../contract/port.ts'
import type { SchoolState } from '../../model/state.ts'
import { observePorts } from '../../resources/interfaces/ports.ts'
import type { System } from '../../system/system.ts'
import { defineHandler, type Handler } from '../handler.ts'

export const portHandlers: readonly Handler[] = [
  defineHandler(portList, async (_request, { engine, system }) => ({
    ports: await portsOf(system, engine.declared()?.state),
  })),
]

/** @param state undefined: none is declared yet. */
export async function portsOf(system: System, state: SchoolState | undefined): Promise<Port[]> {
  return (await observePorts(system)).map(({ name, mac, driver, link }) => ({
    name,
    mac,
    driver,
    link,
    use: state === undefined ? [] : usesOf(name, state),
  }))
}

function usesOf(port: string, { uplink, networks }: SchoolState): string[] {
  return [
    ...(uplink.port === port ? ['internet'] : []),
    ...networks.flatMap(({ name, ports }) => (ports.includes(port) ? [name] : [])),
  ]
}
