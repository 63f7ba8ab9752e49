import type { System } from '../../system/system.ts'
import { unit } from './observe.ts'
import type { SshStep } from './schema.ts'

export function apply({ kind }: SshStep, { units }: System): Promise<void> {
  return kind === 'stop' ? units.stop(unit) : units.restart(unit)
}
