/** Certificates and keys of the box. Keys are for root alone; services get theirs from systemd or read it as root. */
export const folder = '/var/lib/iserv/certificates'
export const authority = { certificate: `${folder}/ca.pem`, key: `${folder}/ca.key` } as const
export const server = { certificate: `${folder}/server.pem`, key: `${folder}/server.key` } as const
/** A key that waits for the certificate that was asked for with it. */
export const requested = { key: `${folder}/request.key`, request: `${folder}/request.csr` } as const
