import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Certificate } from './schema.ts'

/** The first certificate of a PEM text; undefined when there is none in it. */
export function parsed(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem)
  } catch {
    return undefined
  }
}

/** Those parts of a PEM text that are certificates, or private keys: people get both in one file, and words in between. */
export function partsOf(text: string, what: 'CERTIFICATE' | 'PRIVATE KEY'): string {
  const parts =
    text.match(new RegExp(`-----BEGIN [A-Z0-9 ]*${what}-----.*?-----END [A-Z0-9 ]*${what}-----`, 'gs')) ?? []
  return parts.map((part) => `${part}\n`).join('')
}

export function certificateOf(one: X509Certificate): Certificate {
  return {
    subject: one.subject.replaceAll('\n', ', '),
    issuer: one.issuer.replaceAll('\n', ', '),
    names: [...(one.subjectAltName ?? '').matchAll(/DNS:([^,\s]+)/g)].map((match) => match[1] ?? ''),
    from: Date.parse(one.validFrom),
    to: Date.parse(one.validTo),
    fingerprint: one.fingerprint256,
  }
}

/** Does the certificate speak of this key? */
export function belongs(one: X509Certificate, key: string | undefined): boolean {
  try {
    return key !== undefined && one.checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}
