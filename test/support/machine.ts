import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localSystem } from '../../agent/system/local.ts'
import type { Argv, RunOptions, RunResult } from '../../agent/system/system.ts'
import { handOut } from '../../cli/build/out.ts'
import { agentReady, bootedState } from '../../cli/lab/box.ts'
import { addClient, type Client } from '../../cli/lab/client.ts'
import { raiseLab } from '../../cli/lab/lab.ts'
import { layoutOf } from '../../cli/lab/layout.ts'
import { cutPower, switchOn } from '../../cli/lab/machine.ts'
import { withLastWords } from '../../cli/lab/words.ts'
import { schoolImage } from './image.ts'
import type { Teardown } from './container.ts'
import { labFor } from './lab.ts'

export interface TestMachine {
  /** Runs a program on the box. */
  run(argv: Argv, options?: RunOptions): Promise<RunResult>
  client(name: string, port: string, mac: string): Promise<Client>
  /** Socket with the Ethernet frames of a bare port. */
  wire(port: string): string
  /** The power fails at once, and comes back: returns when the box has booted and its agent is up. */
  powerCut(): Promise<'running' | 'degraded'>
}

const plugged = ['uplink0', 'lan0', 'guest0'] as const
const bare = ['trunk0'] as const

/** Milliseconds a program may take on an emulated processor that others use, too. */
const patience = 300_000

/**
 * A lab with the disk image of our code in a virtual machine; gone at the test's end.
 * @param state that the disk brings along.
 */
export async function startMachine(t: Teardown, state?: string): Promise<TestMachine> {
  const host = localSystem()
  const raw = await diskWith(t, state)
  const layout = layoutOf(labFor(t))
  const plan = { name: layout.name, source: { raw, bare }, ports: plugged, clients: [], tied: true }
  const { ground, box } = await raiseLab(plan, host)
  await agentReady(box, host)
  return {
    run: (argv, options) => host.processes.run([...box.enter, ...argv], { timeout: patience, ...options }),
    client: (name, port, mac) => addClient(ground, name, { port, mac }),
    wire: (port) => join(layout.folder, `${port}.wire`),
    async powerCut() {
      await cutPower(ground)
      try {
        const again = await switchOn(ground, { plugged, bare })
        const state = await bootedState(again, host)
        await agentReady(again, host)
        return state
      } catch (error) {
        throw await withLastWords(error, layout, host)
      }
    },
  }
}

/** The image of the cache, or a copy of it that brings a state along. */
async function diskWith(t: Teardown, state: string | undefined): Promise<string> {
  const image = await schoolImage('raw')
  if (state === undefined) return image.raw ?? ''
  const folder = await mkdtemp(join(tmpdir(), 'iserv-disk-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const { signal } = new AbortController()
  const { raw = '' } = await handOut(image, folder, 'raw', { system: localSystem(), signal }, state)
  return raw
}
