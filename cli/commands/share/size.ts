const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** As Windows shows it: 1 KB is 1024 bytes, three digits at most. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return 'not counted'
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** step
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${units[step]}`
}
