import type { System } from '../../system/system.ts'
import { unit } from './paths.ts'
import type { WlanStep } from './schema.ts'
import { makeSecrets, presentDigest, writeMark } from './secrets.ts'

export async function apply(step: WlanStep, system: System): Promise<void> {
  switch (step.kind) {
    case 'make-secret':
      return makeSecrets([step.accessPoint], system.files)
    case 'restart':
      return restart(system)
    case 'stop':
      return system.units.stop(unit)
  }
}

/** The mark first: should the files change again before the start, the next look sees that it does not fit. */
export async function restart(system: System): Promise<void> {
  await writeMark(await presentDigest(system.files), system.files)
  await system.units.restart(unit)
}
