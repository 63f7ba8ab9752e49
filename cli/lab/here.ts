import { agentSocket } from '../../agent/contract/wire.ts'
import { BoxError, isBoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import { findLab, type Lab, listLabs } from './lab.ts'

/** How to reach a box from this machine. */
export interface Entrance {
  /** Put in front of an argv to run it there. */
  readonly enter: readonly string[]
  /** Its root folder as this machine sees it. */
  readonly root: string
}

/**
 * The box that commands on this machine mean: the machine itself, or, where it is no box, the server of the one lab that
 * runs. A virtual machine's files cannot be seen from outside: commands for it are typed in `lab shell`.
 * @throws AGENT_UNREACHABLE also where several labs run: a command must not reach one that nobody meant
 */
export async function boxHere(system: System, warn: (line: string) => void): Promise<Entrance> {
  if ((await system.files.stat(agentSocket)) !== undefined) return here
  const running = (await listLabs(system)).filter(({ state }) => state === 'running').map(({ name }) => name)
  const [name, ...others] = running
  if (name === undefined) return here
  if (others.length > 0) {
    throw new BoxError('AGENT_UNREACHABLE', `${running.length} labs run: ${running.join(', ')}. Which one is meant?`, {
      hint: `For example: iserv-ctl lab shell --name ${name} -- iserv-ctl box status`,
    })
  }
  const lab = await labThatRan(name, system)
  if (lab === undefined) return here
  if (!('root' in lab.box)) {
    throw new BoxError('AGENT_UNREACHABLE', `The agent of the lab ${name} is in a virtual machine`, {
      hint: `Ask it from there: iserv-ctl lab shell --name ${name} -- iserv-ctl box status`,
    })
  }
  warn(`(the server of the lab ${name})`)
  return { enter: lab.box.enter, root: String(lab.box.root) }
}

/** It may have ended since it was listed. */
async function labThatRan(name: string, system: System): Promise<Lab | undefined> {
  try {
    return await findLab(name, system)
  } catch (error) {
    if (isBoxError(error)) return undefined
    throw error
  }
}

const here: Entrance = { enter: [], root: '' }
