import { z } from 'zod'

/** Where backups lie on the server, unless somebody says otherwise. */
export const backupFolder = '/var/lib/iserv/backups'

export const Backup = z.object({
  domain: z.string(),
  sid: z.string().meta({ description: 'Of the domain: every account begins with it.' }),
  at: z.int().meta({ description: 'The moment that it holds, in milliseconds since the epoch.' }),
  samba: z.string().meta({ description: 'Version of Samba that it came from.' }),
  revision: z.int().meta({ description: 'Of the register.' }),
})
