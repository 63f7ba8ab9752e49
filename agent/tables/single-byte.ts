/** Text of one byte a letter: nothing in it says in which encoding, so the words decide. */

export type SingleByte = 'Windows-1252' | 'ISO-8859-15' | 'Macintosh' | 'CP850'

interface Text {
  readonly text: string
  readonly encoding: SingleByte
}

/** The names of 5,000 people. */
const sampleSize = 256 * 1024

/** What is strange as Windows-1252 is of a Macintosh or of MS-DOS, if German words come out of it so. */
export function decodeSingleByte(bytes: Uint8Array): Text {
  const sample = bytes.subarray(0, sampleSize)
  const { german, strange } = sightOf(textIn('Windows-1252', sample).text)
  if (strange > 0) {
    const others = (['Macintosh', 'CP850'] as const).map((encoding) => {
      const seen = sightOf(textIn(encoding, sample).text)
      return { encoding, likely: seen.german - seen.strange }
    })
    const best = others.reduce((one, next) => (next.likely > one.likely ? next : one))
    if (best.likely > Math.max(0, german - strange)) return textIn(best.encoding, bytes)
  }
  const western = textIn('Windows-1252', bytes)
  return looksLikeLatin9(western.text) ? textIn('ISO-8859-15', bytes) : western
}

function textIn(encoding: SingleByte, bytes: Uint8Array): Text {
  return { text: encoding === 'CP850' ? cp850(bytes) : new TextDecoder(encoding).decode(bytes), encoding }
}

/** 80–FF of code page 850, with which MS-DOS wrote western Europe; `TextDecoder` has no name for it. */
const upper850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤' +
  'ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

function cp850(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return latin.replaceAll(/[\u0080-\u00ff]/g, (letter) => upper850[letter.charCodeAt(0) - 0x80] ?? letter)
}

interface Sight {
  /** Letters as German words have them. */
  readonly german: number
  /** Letters and signs where no word has them. */
  readonly strange: number
}

function sightOf(text: string): Sight {
  const sight = { german: 0, strange: 0 }
  for (const { 0: sign, index } of text.matchAll(/[^\0-\u007f]/g)) {
    const seen = lookAt(text[index - 1] ?? '', sign, text[index + 1] ?? '')
    if (seen !== undefined) sight[seen] += 1
  }
  return sight
}

const isLetter = (sign: string): boolean => /\p{L}/u.test(sign)
const isLower = (sign: string): boolean => /\p{Ll}/u.test(sign)
const isUpper = (sign: string): boolean => /\p{Lu}/u.test(sign)

function lookAt(before: string, sign: string, after: string): keyof Sight | undefined {
  if (/\p{Cc}/u.test(sign)) return 'strange'
  const within = isLetter(before) && isLetter(after)
  // Apostrophes, dashes, spaces, and signs that stand alone.
  if (/[’‘´·–—\p{Z}\p{Cf}]/u.test(sign) || !(isLetter(before) || isLetter(after))) return undefined
  if (/[„“”‚«»‹›…]/.test(sign)) return within ? 'strange' : undefined
  if (!isLetter(sign) || /[ƒªºµﬁﬂΩπ]/.test(sign)) return 'strange'
  if (isUpper(sign)) {
    if (isLower(before) || (isLetter(before) && isLower(after))) return 'strange'
    return /[ÄÖÜ]/.test(sign) ? 'german' : undefined
  }
  if (sign !== 'ß' && isUpper(before) && isUpper(after)) return 'strange'
  return /[äöüß]/.test(sign) && isLetter(before) ? 'german' : undefined
}

/**
 * ISO-8859-15 differs in eight bytes. Windows-1252 also uses 80–9F, where the other has nothing that is printed; what it has
 * in place of Š š Ž ž Œ œ Ÿ are signs that do not touch letters as these do.
 */
function looksLikeLatin9(western: string): boolean {
  if (/[^\0-\u007f\u00a0-\u00ff]/.test(western)) return false
  const capital = /(?<![A-Za-zÀ-ÖØ-öø-ÿ])[¦´¼][a-zß-öø-ÿ]/
  const inside = /[A-Za-zÀ-ÖØ-öø-ÿ][¨¸½¾]|[¨¸½¾][A-Za-zÀ-ÖØ-öø-ÿ]/
  return capital.test(western) || inside.test(western)
}
