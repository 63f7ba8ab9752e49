import type { System } from '../../system/system.ts'
import { askLoaded } from './ask.ts'
import { unit } from './paths.ts'
import type { WlanActual } from './schema.ts'
import { presentDigest, secretNames } from './secrets.ts'

/** FreeRADIUS says itself what it has loaded; of files only that is looked at which it would load now. */
export async function observe(system: System): Promise<WlanActual> {
  const { active } = await system.units.status(unit)
  const isActive = active === 'active' || active === 'activating' || active === 'reloading'
  return {
    active: isActive,
    loaded: active === 'active' ? await askLoaded(system) : undefined,
    present: await presentDigest(system.files),
    secrets: await secretNames(system.files),
  }
}
