/** Titles of groups as names of folders that Windows, macOS and Linux can all show. */

/** Names of Windows' devices, with or without an ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Bytes; a file name may have 255, and something is added for the archive. */
const longest = 150

/** @param title as the school writes it: "5a", "Mathe 7/8", "AG: Technik". */
export function folderName(title: string, fallback: string): string {
  const legal = cut(title.normalize('NFC').replaceAll(/[\\/:*?"<>|]/g, '-'))
    .trim()
    .replace(/[. ]+$/, '')
    // A leading dot would hide it.
    .replace(/^\.+/, '')
  if (legal === '') return fallback
  return devices.test(legal) ? `_${legal}` : legal
}

function cut(text: string): string {
  const encoder = new TextEncoder()
  const letters = Array.from(text)
  while (encoder.encode(letters.join('')).length > longest) letters.pop()
  return letters.join('')
}

/** Names that differ only in case are one name to Windows. */
export function sameName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/**
 * Folder names of groups that lie beside each other: of several with one title the oldest keeps it, the others carry
 * the name of their group, too.
 */
export function folderNames<G extends { readonly number: number; readonly name: string; readonly title: string }>(
  groups: readonly G[],
): ReadonlyMap<G, string> {
  const taken = new Set<string>()
  const names = new Map<G, string>()
  for (const group of groups.toSorted((a, b) => a.number - b.number)) {
    const plain = folderName(group.title, group.name)
    const name = taken.has(sameName(plain)) ? `${plain} (${group.name})` : plain
    taken.add(sameName(name))
    names.set(group, name)
  }
  return names
}
