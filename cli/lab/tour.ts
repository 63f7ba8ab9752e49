import { z } from 'zod'
import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import type { Client } from './client.ts'
import type { Box } from './box.ts'
import { internet } from './provider.ts'
import { until } from './until.ts'

/**
 * Applies a school to the box with the box's own command line.
 * @throws LAB_FAILED with the box's own words
 */
export async function applySchool(box: Box, document: string, host: System): Promise<void> {
  const argv = [...box.enter, 'iserv-ctl', 'state', 'apply', '-'] as const
  const { status, stderr } = await host.processes.run(argv, {
    input: document,
    accept: [0, 1, 2, 3, 4, 5, 6],
    timeout: 300_000,
  })
  if (status !== 0) throw new BoxError('LAB_FAILED', `The school could not be applied: ${stderr.trim()}`)
}

/** What a device found out about the network. */
export const Visit = z.strictObject({
  client: z.string(),
  address: z.string().meta({ description: 'The address it was given.' }),
  page: z.string().meta({ description: 'What a page on the internet answered it.' }),
})
export type Visit = z.infer<typeof Visit>

/**
 * A device is switched on and used: gets its lease, resolves a name, and reads a page over the uplink.
 * @throws LAB_FAILED when one of them does not work within half a minute
 */
export async function visitInternet(client: Client, signal?: AbortSignal): Promise<Visit> {
  const { address } = await client.dhcp({ tries: 30 })
  const url = `http://www.${internet.domain}/`
  const page = await until(
    async () => {
      const { status, stdout } = await client.run(['curl', '-sf', '--max-time', '3', url], { accept: curlStatuses })
      return status === 0 && stdout.trim()
    },
    { what: `${client.name} to reach ${url}`, ...(signal === undefined ? {} : { signal }) },
  )
  return { client: client.name, address, page }
}

/** Done; name not found, no connection, refused by the server, too slow: the last four may still pass. */
const curlStatuses = [0, 6, 7, 22, 28]
