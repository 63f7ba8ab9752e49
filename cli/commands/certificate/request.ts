import { z } from 'zod'
import { certificateRequest } from '../../../agent/contract/certificate.ts'
import { DomainName } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'

export const request = defineCommand({
  description:
    'Makes a new key, which never leaves the server, and prints the request for it. Send it to whoever issues the certificates of the school, and install what comes back. The present certificate goes on until then.',
  input: z.strictObject({
    names: z.array(DomainName).default([]).meta({ description: "Other names than the server's own", value: 'NAME' }),
  }),
  positionals: ['names'],
  output: certificateRequest.response,
  examples: [
    { line: 'certificate request > server.csr', tells: 'For all names of the server' },
    { line: 'certificate request server.schule.lan schule.example.org', tells: 'For these names' },
  ],
  run: ({ names }, { agent }) => agent.call(certificateRequest, { names }),
  present: (made) => [{ kind: 'raw', text: made.request }],
})
