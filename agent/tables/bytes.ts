import { decodeSingleByte, type SingleByte } from './single-byte.ts'

/** How the bytes of a file from another program are to be read as text. */

type Unicode = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE'
export type Encoding = Unicode | SingleByte

export interface Decoded {
  readonly text: string
  readonly encoding: Encoding
}

/**
 * By its mark where there is one, else by what the bytes can mean. Letters that are lost stand as U+FFFD in the text. A
 * file that is UTF-8 but for a few bytes is a damaged or cut-off one: read as anything else, all its umlauts would break.
 */
export function decode(bytes: Uint8Array): Decoded {
  const { text, encoding } = read(bytes)
  // As the first line ends, so do all: a Macintosh once wrote CR alone.
  return { text: /^[^\r\n]*\r(?!\n)/.test(text) ? text.replaceAll(/\r(?!\n)/g, '\n') : text, encoding }
}

function read(bytes: Uint8Array): Decoded {
  const encoding = marked(bytes) ?? unmarkedWide(bytes)
  if (encoding !== undefined) return { text: new TextDecoder(encoding).decode(bytes), encoding }
  const text = new TextDecoder('utf-8').decode(bytes)
  if (!text.includes('\uFFFD') || mostlyUtf8(text)) return { text, encoding: 'UTF-8' }
  return decodeSingleByte(bytes)
}

function marked(bytes: Uint8Array): Unicode | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16LE'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16BE'
  return undefined
}

/** UTF-16 whose mark was lost: nearly every other byte of western text is zero. */
function unmarkedWide(bytes: Uint8Array): Unicode | undefined {
  const sample = bytes.subarray(0, 2000)
  const zeros = [0, 0]
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const enough = sample.length * 0.4
  if (sample.length < 4 || even + odd < enough) return undefined
  if (odd > enough) return 'UTF-16LE'
  return even > enough ? 'UTF-16BE' : undefined
}

/** Sequences that stand for letters by accident are rare: four of them outweigh one that stands for none. */
function mostlyUtf8(text: string): boolean {
  const lost = text.match(/\uFFFD+/g)?.length ?? 0
  const letters = text.match(/[^\0-\x7F\uFFFD]/gu)?.length ?? 0
  return letters >= 4 * lost || (lost === 1 && text.endsWith('\uFFFD') && letters > 0)
}
