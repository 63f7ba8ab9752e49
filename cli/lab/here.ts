import { agentSocket } from '../../agent/contract/wire.ts'
import { BoxError, isBoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import { labName } from './example.ts'
import { findLab } from './lab.ts'

/** How to reach a box from this machine. */
export interface Entrance {
  /** Put in front of an argv to run it there. */
  readonly enter: readonly string[]
  /** Its root folder as this machine sees it. */
  readonly root: string
}

/**
 * The box that commands on this machine mean: the machine itself, or, where it is no box, the lab's server. A virtual
 * machine's files cannot be seen from outside: commands for it are typed in `lab shell`.
 * @throws AGENT_UNREACHABLE
 */
export async function boxHere(system: System, warn: (line: string) => void): Promise<Entrance> {
  if ((await system.files.stat(agentSocket)) !== undefined) return here
  const lab = await findLab(labName, system).catch((error: unknown) => {
    if (isBoxError(error)) return undefined
    throw error
  })
  if (lab === undefined) return here
  if (!('root' in lab.box)) {
    throw new BoxError('AGENT_UNREACHABLE', `The agent of the lab ${labName} is in a virtual machine`, {
      hint: 'Ask it from there: iserv-ctl lab shell -- iserv-ctl box status',
    })
  }
  warn(`(the server of the lab ${labName})`)
  return { enter: lab.box.enter, root: String(lab.box.root) }
}

const here: Entrance = { enter: [], root: '' }
