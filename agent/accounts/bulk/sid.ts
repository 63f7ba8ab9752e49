/** `S-1-5-21-…` of an objectSid as it comes over LDAP: MS-DTYP 2.4.2.2. */
export function sidText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4)
  const parts = Array.from({ length: view.getUint8(1) }, (_, index) => view.getUint32(8 + index * 4, true))
  return ['S', view.getUint8(0), authority, ...parts].join('-')
}
