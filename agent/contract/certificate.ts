import { z } from 'zod'
import { defineOperation } from './operation.ts'

export const CertificateView = z
  .strictObject({
    names: z.array(z.string()),
    issuer: z.string(),
    own: z.boolean().meta({ description: "Issued by the box's own authority, which renews it." }),
    from: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    to: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    fingerprint: z.string().meta({ description: 'SHA-256.' }),
  })
  .meta({ id: 'CertificateView' })
export type CertificateView = z.infer<typeof CertificateView>

export const AuthorityView = z
  .strictObject({
    subject: z.string(),
    to: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    fingerprint: z.string().meta({ description: 'SHA-256; compare it before a device trusts it.' }),
    certificate: z.string().meta({ description: 'PEM.' }),
  })
  .meta({ id: 'AuthorityView' })

export const CertificatesView = z.strictObject({
  server: CertificateView.nullable(),
  authority: AuthorityView.nullable(),
  waiting: z.boolean().meta({ description: 'Was a certificate asked for that has not been installed?' }),
})
export type CertificatesView = z.infer<typeof CertificatesView>

export const certificateShow = defineOperation({
  name: 'certificate.show',
  audience: ['root', 'platform'],
  summary: 'The certificate of the box and the authority that signed it',
  request: z.strictObject({}),
  response: CertificatesView,
})

export const certificateRequest = defineOperation({
  name: 'certificate.request',
  audience: ['root'],
  summary: 'A request for a certificate, for a key that stays on the box',
  request: z.strictObject({ names: z.array(z.string()).meta({ description: "Empty: the box's own names." }) }),
  response: z.strictObject({ names: z.array(z.string()), request: z.string().meta({ description: 'PEM.' }) }),
})

export const certificateInstall = defineOperation({
  name: 'certificate.install',
  audience: ['root'],
  summary: 'Puts a certificate in the place of the present one',
  request: z.strictObject({
    certificate: z.string().max(200_000).meta({ description: 'PEM: its own first, then those between.' }),
    key: z.string().max(20_000).optional().meta({ description: 'PEM; absent: that of the last request.' }),
  }),
  response: CertificateView,
})
