/**
 * The running unbound tells by these TXT records which configuration and lists it has loaded; a file cannot tell that.
 * `.internal` is reserved for private use, so the names never leave the box.
 */
export const markerZone = 'loaded.iserv.internal.'

export type Marker = 'listen' | 'config' | 'names' | 'lists'

export function markerName(marker: Marker): string {
  return `${marker}.${markerZone}`
}

export function markerRecord(marker: Marker, digest: string): string {
  return `${markerName(marker)} 0 IN TXT "${digest}"`
}

export function markerLine(marker: Marker, digest: string): string {
  return `local-data: '${markerRecord(marker, digest)}'`
}
