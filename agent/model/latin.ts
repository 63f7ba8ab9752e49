/**
 * Names in the letters a to z, as a name to sign in with needs them. Latin and Cyrillic letters go by ICAO Doc 9303,
 * part 3, section 6 (what passports print, so Müller is mueller and Łukasz is lukasz), Greek by ELOT 743, Arabic and Persian
 * by BGN/PCGN with its marks left out. Letters of no table lose their accents, and what then is no a to z is left out.
 */

const table = (rows: string): ReadonlyMap<string, string> =>
  new Map(
    rows
      .trim()
      .split(/\s+/)
      .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
  )

/** ICAO 9303-3, table A: letters that are more than a letter and an accent. */
const latinLetters = table(`
  äae öoe üue ßss åaa æae øoe œoe þth ðd đd łl ŋn ħh ŧt ıi ĸk əe ɖd ǝe ƒf ɓb ɗd ɣg ɛe ɔo ʒz
`)

/** ICAO 9303-3, table B, in the column that holds where no country says otherwise. */
const cyrillic = table(`
  аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъie ыy ь эe юiu яia
  ђd єie ѕdz іi їi јj љlj њnj ћc ќk ўu џdz ѓg ґg ѵy ѫu ғg қk ңn өo ұu үu һh әa
`)

/** ELOT 743 (ISO 843, type 2). */
const greek = table(`αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo`)

/** BGN/PCGN 1956, the letters of Persian and Urdu by BGN/PCGN 1958; short vowels only where they are written. */
const arabic = table(`
  اa أa إi آa ٱa ءʼ ؤu ئi بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk لl مm نn هh وu يi ىa ةa
  پp چch ژzh گg کk یi ھh ہh ےe ڈd ٹt ڑr ںn
  َa ُu ِi ًan ٌun ٍin
`)

const letters = new Map([...latinLetters, ...cyrillic, ...greek, ...arabic])

/** و and ي begin a syllable before a vowel and at the start of a word; elsewhere they are the long vowels u and i. */
const consonants = /(?<=^|\s)[وي]|[وي](?=[اآىة])/gu

/**
 * @returns lower-case words of a to z and 0 to 9, joined as they were by single blanks or hyphens; empty for names in
 *   letters of no table.
 */
export function latin(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    // Turkish İ becomes i and a dot of its own.
    .replaceAll('i̇', 'i')
    // ELOT 743 has one pair of letters that matters in names.
    .replaceAll(/ο[υύ]/gu, 'ou')
    .replaceAll(consonants, (letter) => (letter === 'و' ? 'w' : 'y'))
  const spelled = Array.from(plain, (letter) => letters.get(letter) ?? lettersOf(letter)).join('')
  return spelled
    .replaceAll(/['’‘ʼʻʿʾ`´"ـ]/gu, '')
    .replaceAll(/[‐‑‒–—―]/gu, '-')
    .replaceAll(/[^a-z0-9-]+/gu, ' ')
    .replaceAll(/ ?-[ -]*/gu, '-')
    .replaceAll(/^[ -]+|[ -]+$/gu, '')
}

function lettersOf(letter: string): string {
  if (letter <= '\u007F') return letter
  const bare = letter.normalize('NFD').replaceAll(/\p{M}/gu, '')
  return Array.from(bare, (part) => letters.get(part) ?? part).join('')
}
