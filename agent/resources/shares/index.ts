import { defineResource } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import type { SharesDesired } from './schema.ts'

/**
 * What the school shares over SMB. Samba looks at its files at each new connection, so it never has anything else loaded for
 * long, and the engine watches the files; rights of folders are kept beside the register. So there is never a step to take.
 */
export const shares = defineResource<SharesDesired, undefined, never>({
  name: 'shares',
  after: ['directory'],
  derive,
  render,
  check,
  observe: async () => undefined,
  plan: () => [],
  describe: () => '',
  apply: async () => undefined,
  reload: ({ shares: offered }, system) => (offered.length === 0 ? Promise.resolve() : reload(system)),
  probe,
})

/** Open connections take the change up, too; without a running server there is nobody to tell. */
async function reload({ processes }: System): Promise<void> {
  await processes.run(['smbcontrol', 'smbd', 'reload-config'], { accept: [0, 1] })
}
