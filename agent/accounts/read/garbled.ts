/** Letters that were lost or broken before the file came to us, and such as nobody sees. */

/** Windows-1252 of 80–9F, the only bytes that are other characters than their numbers. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const suspicious = /[ÂÃÄÅÐÑØÙÚáâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/

/** What the text was before UTF-8 was taken for Windows-1252: `MÃ¼ller` was `Müller`. Undefined when that did not happen. */
export function mended(text: string): string | undefined {
  if (!suspicious.test(text)) return undefined
  const bytes = Array.from(text, (letter) => {
    const position = high.indexOf(letter)
    return position === -1 ? (letter.codePointAt(0) ?? 0) : 0x80 + position
  })
  if (bytes.some((byte) => byte > 0xff)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}

/** Has a letter become a mark that stands for any letter: `M�ller`, `M?ller`? */
export function lostLetter(text: string): boolean {
  return text.includes('\uFFFD') || /\p{L}\?\p{Ll}/u.test(text) || !text.isWellFormed()
}

/**
 * As names are compared: letters of two parts (macOS) become one, and marks that nobody sees (soft hyphens, directions, the
 * mark of UTF-8 in the middle of a file) go, since two names that look alike must not differ.
 */
export function visible(text: string): string {
  const composed = text.normalize('NFC')
  return /\p{Cf}/u.test(composed) ? composed.replaceAll(/\p{Cf}/gu, '') : composed
}
