import { join } from 'node:path'
import { localSystem } from '../../agent/system/local.ts'
import type { System } from '../../agent/system/system.ts'
import { addClient, type Client, type ClientOptions } from '../../cli/lab/client.ts'
import { bootedState } from '../../cli/lab/box.ts'
import { bootContainer, type Container as Booted } from '../../cli/lab/container.ts'
import { claim, sweepAbandoned } from '../../cli/lab/claim.ts'
import { ownOwner } from '../../cli/lab/record.ts'
import { leafAlive } from '../../cli/lab/group.ts'
import { layCables, sweep } from '../../cli/lab/ground.ts'
import { layoutOf } from '../../cli/lab/layout.ts'
import { type Provider, startProvider } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { withLastWords } from '../../cli/lab/words.ts'
import { schoolImage } from './image.ts'

/** What a test of tap offers for tidying up. */
export interface Teardown {
  teardown(handler: () => Promise<void>): unknown
}

export interface ContainerOptions {
  /** Ports of the box, each with a switch of its own. Default: uplink0, lan0, guest0. */
  readonly ports?: readonly string[]
  /** Folders laid over the tree, the last on top. */
  readonly overlay?: readonly string[]
  /** The tree to boot. Default: the built image, with our own services asleep, for tests of one service alone. */
  readonly tree?: string
}

export interface Container extends Booted {
  /** The world as a program on the box sees it. */
  readonly system: System
  /** Switches a device on, on a port's switch. */
  client(name: string, port: string, options: Pick<ClientOptions, 'mac'>): Promise<Client>
  /** Plugs the internet provider in. */
  provider(port?: string): Promise<Provider>
  /** The power fails: nothing is asked or flushed. Then the box starts anew with its data and the same cables. */
  powerCut(): Promise<Container>
  /** Takes everything away before the test's end. */
  down(): Promise<void>
}

/** Laid over the image: agent, firewall at boot, page and the search for a first state do not start. */
const asleep = join(import.meta.dirname, 'asleep')

/** Boots a box of its own for a test, with a name no other run has; gone at the test's end. */
export async function startContainer(
  t: Teardown,
  { ports = ['uplink0', 'lan0', 'guest0'], overlay = [], tree: given }: ContainerOptions = {},
): Promise<Container> {
  const tree = given ?? (await schoolImage()).tree
  const overlays = given === undefined ? [asleep, ...overlay] : overlay
  const host = localSystem()
  const layout = layoutOf(`test-${process.pid}-${crypto.randomUUID().slice(0, 8)}`)
  const down = () => sweep(layout, host)
  await sweepAbandoned(host)
  t.teardown(down)
  const owner = await ownOwner(host)
  const parts = { kind: 'container', phase: 'starting', source: tree, ports, clients: [] } as const
  await claim(layout, { version: 1, name: layout.name, owner, tied: true, ...parts }, host)
  const ground = await layCables(layout, ports, host)
  const started = async (): Promise<Booted> => {
    const box = await bootContainer(ground, { tree, overlays })
    await bootedState(box, host)
    return box
  }
  const boot = async (): Promise<Container> => {
    const box = await started().catch(async (error: unknown) => {
      throw await withLastWords(error, layout, host)
    })
    return {
      ...box,
      system: localSystem({ root: box.root, enter: box.enter, enterNetwork: box.enterNetwork }),
      client: (name, port, { mac }) => addClient(ground, name, { port, mac }),
      provider: (port = 'uplink0') => startProvider(ground, port),
      async powerCut() {
        process.kill(box.leader, 'SIGKILL')
        // Its folder is free again once the last process of a big program has let go of its memory.
        await until(async () => !(await leafAlive(ground, 'box')), { what: 'the box to be dead' })
        // What the kernel holds goes with the power; here the namespace outlives the box.
        const { processes } = localSystem({ enter: box.enterNetwork })
        await processes.run(['nft', 'flush', 'ruleset'])
        return boot()
      },
      down,
    }
  }
  return boot()
}
