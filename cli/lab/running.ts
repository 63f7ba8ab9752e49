import type { Box } from './box.ts'
import { findContainer } from './container.ts'
import type { Ground } from './group.ts'
import { findMachine } from './machine.ts'
import type { LabRecord } from './record.ts'

/**
 * The box of a lab; undefined when it has ended. A lab is as alive as its box: whoever switches that off from inside leaves
 * provider and clients behind, with which nobody can do anything.
 */
export function runningBox({ kind }: LabRecord, ground: Ground): Promise<Box | undefined> {
  return kind === 'machine' ? findMachine(ground) : findContainer(ground)
}
