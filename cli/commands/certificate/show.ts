import { z } from 'zod'
import { certificateShow, CertificatesView } from '../../../agent/contract/certificate.ts'
import { type Block, defineCommand } from '../../command.ts'
import { dayOf } from './day.ts'

export const show = defineCommand({
  description: [
    'Shows the certificate with which the server proves who it is, and the authority of its own that devices can trust.',
    'With --authority only that: the text that goes onto devices.',
  ].join('\n\n'),
  input: z.strictObject({
    authority: z.boolean().default(false).meta({ description: 'Only the certificate of the authority, as PEM' }),
  }),
  positionals: [],
  output: CertificatesView.extend({ authorityOnly: z.boolean() }),
  examples: [
    { line: 'certificate show', tells: 'For which names, issued by whom, for how long' },
    { line: 'certificate show --authority > school.crt', tells: 'The file that devices install' },
  ],
  run: async ({ authority }, { agent }) => ({ ...(await agent.call(certificateShow, {})), authorityOnly: authority }),
  present: ({ server, authority, waiting, authorityOnly }): readonly Block[] => {
    if (authorityOnly && authority !== null) return [{ kind: 'raw', text: authority.certificate }]
    return [
      server === null
        ? { kind: 'lines', lines: [{ text: 'The server has no certificate yet.', tone: 'warning' }] }
        : {
            kind: 'fields',
            title: 'Certificate of the server',
            fields: [
              ['names', server.names.join(', ')],
              ['issued by', server.own ? 'the authority of this server; it renews itself' : server.issuer],
              ['until', dayOf(server.to)],
              ['SHA-256', server.fingerprint],
            ],
          },
      ...(authority === null
        ? []
        : [
            {
              kind: 'fields',
              title: 'Authority of this server',
              fields: [
                ['name', authority.subject],
                ['until', dayOf(authority.to)],
                ['SHA-256', authority.fingerprint],
              ],
            } as const,
          ]),
      ...(waiting
        ? [{ kind: 'lines', lines: ['A certificate was asked for and has not been installed yet.'] } as const]
        : []),
    ]
  },
})
