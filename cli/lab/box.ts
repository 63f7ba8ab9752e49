import { BoxError } from '../../agent/errors.ts'
import type { Argv, RunResult, System } from '../../agent/system/system.ts'
import { processesIn } from './group.ts'
import { until } from './until.ts'

/** The server of a lab: a container or a virtual machine. */
export interface Box {
  /** Put in front of an argv to run it on the box. */
  readonly enter: Argv
  /** Its first process on this machine: systemd of a container, QEMU of a virtual machine. Known as long as it lives. */
  readonly leader: number
  /** Folder of the control group in which that process is. */
  readonly group: string
}

/**
 * Waits until systemd on the box has nothing left to start; "degraded" when a unit failed.
 * @throws LAB_FAILED when the box ends meanwhile
 */
export async function bootedState(box: Box, host: System, signal?: AbortSignal): Promise<'running' | 'degraded'> {
  return until(
    async () => {
      const { stdout } = await ask(box, ['systemctl', 'is-system-running', '--wait'], host, signal)
      const word = stdout.trim()
      return word === 'running' || word === 'degraded' ? word : undefined
    },
    { what: 'the box to finish booting', timeout: bootTime, ...(signal === undefined ? {} : { signal }) },
  )
}

/** Milliseconds. An emulated machine on two busy cores takes four minutes. */
const bootTime = 900_000

/** What entering a virtual machine ends with while nobody answers there. */
const unreachable = 255

/** Waits until the agent on the box takes requests. */
export async function agentReady(box: Box, host: System, signal?: AbortSignal): Promise<void> {
  await until(async () => (await ask(box, ['test', '-S', '/run/iserv/agent.sock'], host, signal)).status === 0, {
    what: 'the agent to answer (see iserv-ctl lab shell -- journalctl -u iserv-agent)',
    timeout: bootTime,
    ...(signal === undefined ? {} : { signal }),
  })
}

/**
 * Runs a program on a box that may not take any yet. A box that has ended never will, and ends the programs on it; another
 * that has its name since is not asked on.
 */
function ask(box: Box, argv: Argv, host: System, signal?: AbortSignal): Promise<RunResult> {
  const patience = { accept: [0, 1, unreachable], timeout: bootTime, ...(signal === undefined ? {} : { signal }) }
  return host.processes.run([...box.enter, ...argv], patience).finally(() => mustRun(box, host))
}

async function mustRun({ leader, group }: Box, host: System): Promise<void> {
  if (!(await processesIn(group, host)).includes(leader)) throw endedEarly()
}

export function endedEarly(): BoxError {
  return new BoxError('LAB_FAILED', 'The box ended while it was starting')
}
