import type { Finding } from '../../engine/resource.ts'
import { z } from 'zod'
import { standingShares } from '../../model/share-names.ts'
import type { System } from '../../system/system.ts'
import { judge } from './judge.ts'
import { offeredBy, treeConnect } from './observe.ts'
import type { SharesDesired } from './schema.ts'

/** Opens a share as a client does, and looks at what there is room for. */
export async function probe(desired: SharesDesired, system: System): Promise<readonly Finding[]> {
  const { address, language } = desired
  if (address === undefined) return []
  const offered = await offeredBy(address, system)
  return judge(desired, {
    offered,
    refused: offered && (await treeConnect(address, standingShares[language].classes, system)),
    space: await spaceOf(system),
    remarks: await remarks(system),
  })
}

async function spaceOf({ files }: System): Promise<{ readonly free: number; readonly total: number }> {
  return (await files.stat(filesFolder)) === undefined ? { free: 0, total: 0 } : files.space(filesFolder)
}

const filesFolder = '/var/srv'

/** Where the agent's look at the folders leaves what it found odd. */
const remarksFile = '/var/lib/iserv/folders.json'
const Remarks = z.array(z.object({ code: z.string(), message: z.string() }))

async function remarks({ files }: System): Promise<z.infer<typeof Remarks>> {
  const text = await files.read(remarksFile)
  return text === undefined ? [] : Remarks.parse(JSON.parse(text))
}
