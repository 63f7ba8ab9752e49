import { join } from 'node:path'
import { BoxError, isBoxError } from '../../agent/errors.ts'
import { type AnyResource, defineResource } from '../../agent/engine/resource.ts'
import { localSystem } from '../../agent/system/local.ts'
import type { System } from '../../agent/system/system.ts'
import type { Teardown } from './container.ts'

/**
 * A real service small enough to test the engine with: a set in the kernel's nftables, in a network namespace of the
 * test's own, that holds the addresses of all devices. It can be refused by nft's own checker, fail half way, and be
 * changed by hand.
 */

/** A machine for the engine: files below a folder of the test's, programs in a namespace that goes with the test. */
export async function ownMachine(t: Teardown, root: string): Promise<System> {
  const host = localSystem()
  const name = `engine-${process.pid}-${crypto.randomUUID().slice(0, 8)}`
  await host.processes.run(['ip', 'netns', 'add', name])
  t.teardown(async () => {
    await host.processes.run(['ip', 'netns', 'del', name])
  })
  const enter = ['ip', 'netns', 'exec', name]
  const { files, processes, units, clock, ...rest } = localSystem({ root, enter })
  return { files, processes, units, clock, ...rest, journal: { write: () => undefined } }
}

interface Desired {
  readonly addresses: readonly string[]
}

type Step = { readonly kind: 'create' } | { readonly kind: 'add' | 'remove'; readonly address: string }

/** @param root where the machine's files really lie: nft itself knows nothing of it. */
export function addresses(root: string, name: string, after: readonly string[] = []): AnyResource {
  const elements = async (system: System): Promise<readonly string[] | undefined> => {
    try {
      const { stdout } = await system.processes.run(['nft', '-j', 'list', 'set', 'inet', name, 'known'])
      const { nftables } = JSON.parse(stdout) as { nftables: readonly { set?: { elem?: readonly string[] } }[] }
      return nftables.flatMap(({ set }) => set?.elem ?? [])
    } catch (error) {
      if (isBoxError(error, 'PROCESS_FAILED')) return undefined
      throw error
    }
  }
  const table = `table inet ${name} { set known { type ipv4_addr; }; }`
  return defineResource<Desired, readonly string[] | undefined, Step>({
    name,
    after,
    derive: ({ state }) => ({ addresses: state.devices.flatMap(({ address }) => address ?? []) }),
    render: (desired) => [
      {
        path: 'known.nft',
        text: `${table}\n${desired.addresses.map((one) => `add element inet ${name} known { ${one} }\n`).join('')}`,
      },
      { path: 'lists/count', text: `${desired.addresses.length}\n`, mode: 0o640 },
    ],
    async check(_desired, folder, system) {
      try {
        await system.processes.run(['nft', '-c', '-f', join(root, folder, 'known.nft')])
      } catch (cause) {
        throw new BoxError('SERVICE_CHECK_FAILED', `nft would not take ${name}`, { cause })
      }
    },
    observe: elements,
    plan(desired, actual) {
      if (actual === undefined)
        return [{ kind: 'create' }, ...desired.addresses.map((address) => ({ kind: 'add' as const, address }))]
      return [
        ...desired.addresses
          .filter((one) => !actual.includes(one))
          .map((address) => ({ kind: 'add' as const, address })),
        ...actual
          .filter((one) => !desired.addresses.includes(one))
          .map((address) => ({ kind: 'remove' as const, address })),
      ]
    },
    describe: (step) => {
      if (step.kind === 'create') return `+ table ${name}`
      return `${step.kind === 'add' ? '+' : '-'} address ${step.address}`
    },
    async apply(step, system) {
      const act = step.kind === 'remove' ? 'delete' : 'add'
      const command = step.kind === 'create' ? table : `${act} element inet ${name} known { ${step.address} }`
      await system.processes.run(['nft', command])
    },
    async probe(desired, system) {
      const found = (await elements(system)) ?? []
      const severity = found.length === desired.addresses.length ? 'ok' : 'error'
      return [{ code: `${name}-serves`, severity, message: `${found.length} addresses are known` }]
    },
  })
}

/** A school of two devices, with these addresses. */
export function schoolWith(...given: readonly string[]): string {
  const devices = given.map(
    (address, index) =>
      `  - { name: pc${index}, mac: "52:54:00:00:00:0${index}", network: school, address: ${address} }`,
  )
  return `version: 1
school: { name: Schule, domain: schule.lan }
uplink: { port: uplink0 }
networks:
  - { name: school, ports: [lan0], ipv4: 10.20.0.1/16 }
devices:
${devices.join('\n')}
`
}

export const documents = (...given: readonly string[]) => [{ file: 'school.yaml', text: schoolWith(...given) }]
export const request = (...given: readonly string[]) => ({
  documents: documents(...given),
  by: 'anna',
  reason: 'a test',
})

/** What the kernel says, past the engine. */
export async function kernelHas(system: System, table: string): Promise<readonly string[]> {
  const { stdout } = await system.processes.run(['nft', '-j', 'list', 'set', 'inet', table, 'known'])
  const { nftables } = JSON.parse(stdout) as { nftables: readonly { set?: { elem?: string[] } }[] }
  return nftables.flatMap(({ set }) => set?.elem ?? []).toSorted()
}
