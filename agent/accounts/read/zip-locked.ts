import { isZip } from './part.ts'

/** Whether a ZIP wants a password, told without the library that opens it. */

/** An end of the list of files, an entry of that list, and the bytes that each of these has at least. */
const [endMark, entryMark] = [0x06054b50, 0x02014b50]
const [endSize, entrySize] = [22, 46]

/** Is one of its files protected? A folder before them never is. */
export function isProtected(bytes: Uint8Array): boolean {
  if (!isZip(bytes)) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const short = (at: number): number => view.getUint16(at, true)
  let at = firstEntry(view)
  while (at + entrySize <= view.byteLength && view.getUint32(at, true) === entryMark) {
    if ((short(at + 8) & 1) === 1) return true
    // Name, further fields and comment stand behind it.
    at += entrySize + short(at + 28) + short(at + 30) + short(at + 32)
  }
  return false
}

/** Where the list of files begins; its end stands at the end, before a comment of any length. */
function firstEntry(view: DataView): number {
  for (let at = view.byteLength - endSize; at >= 0 && at > view.byteLength - endSize - 0x10000; at -= 1) {
    if (view.getUint32(at, true) === endMark) return view.getUint32(at + 16, true)
  }
  return view.byteLength
}
