import { localSystem } from '../../agent/system/local.ts'
import type { RunOptions, RunResult } from '../../agent/system/system.ts'
import { labOverlay } from '../../cli/lab/lab.ts'
import { internet, type Provider } from '../../cli/lab/provider.ts'
import { agentReady } from '../../cli/lab/box.ts'
import { applySchool } from '../../cli/lab/tour.ts'
import { until } from '../../cli/lab/until.ts'
import { type Container, startContainer, type Teardown } from './container.ts'
import { schoolImage } from './image.ts'

/** The built image, booted as a container, with the provider on its uplink and the agent up. */
export interface TestBox extends Omit<Container, 'provider'> {
  readonly provider: Provider
  /** Runs `iserv-ctl` on the box. */
  control(words: readonly string[], options?: RunOptions): Promise<RunResult>
  /** Applies a school, as YAML, with the box's own command line. */
  apply(document: string): Promise<void>
  /**
   * Until the box's resolver answers for the internet: its uplink may still be getting its addresses, and names that
   * were asked for meanwhile are refused for some seconds more.
   */
  internet(): Promise<void>
}

/** Milliseconds in which a command ends on a machine where other tests run, too. */
const patience = 300_000

/** @param overlay folders laid over the image, the last on top. */
export async function startBox(t: Teardown, overlay: readonly string[] = []): Promise<TestBox> {
  const { tree } = await schoolImage()
  const container = await startContainer(t, { tree, overlay: [labOverlay, ...overlay] })
  const host = localSystem()
  const provider = await container.provider()
  await agentReady(container, host)
  return {
    ...container,
    provider,
    control: (words, options) =>
      container.system.processes.run(['iserv-ctl', ...words], { timeout: patience, ...options }),
    apply: (document) => applySchool(container, document, host),
    async internet() {
      const dig = ['dig', '+tries=1', '+time=2', '@127.0.0.1', `www.${internet.domain}`] as const
      const answered = async () => {
        const { stdout } = await localSystem({ enter: container.enterNetwork }).processes.run(dig, { accept: [0, 9] })
        return stdout.includes('status: NOERROR')
      }
      await until(answered, { what: 'names of the internet', timeout: 60_000 })
    },
  }
}
