import { z } from 'zod'
import type { System } from '../../system/system.ts'
import type { NeighboursActual } from './schema.ts'

const Link = z.object({ ifname: z.string(), flags: z.array(z.string()) })
/** The kernel's own entries for groups have no card. */
const Entry = z.object({ dst: z.string(), dev: z.string(), lladdr: z.string().optional() })

export async function observe({ processes }: System): Promise<NeighboursActual> {
  const { stdout } = await processes.run(['ip', '-json', '-batch', '-'], {
    input: 'link show type bridge\nneighbour show nud permanent\n',
  })
  // One JSON text a line for each command.
  const [links = '[]', entries = '[]'] = stdout.trim().split('\n')
  return {
    bridges: z
      .array(Link)
      .parse(JSON.parse(links))
      .flatMap(({ ifname, flags }) => (flags.includes('UP') ? ifname : [])),
    fixed: z
      .array(Entry)
      .parse(JSON.parse(entries))
      .flatMap(({ dst, dev, lladdr }) => (lladdr === undefined ? [] : [{ bridge: dev, address: dst, mac: lladdr }])),
  }
}
