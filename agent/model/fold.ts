import { latin } from './latin.ts'

/**
 * How names are compared when somebody searches: without case, accents and marks. "mül", "Mul" and "mueller" all find
 * Müller, "celik" finds Çelik.
 */

/** Letters whose accent is part of the letter, so that Unicode does not take it apart. */
const whole: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** Lower case, without accents; words are joined by one blank. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => whole[letter] ?? letter)
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
}

/** A word as it may be meant: with its accents left out, and as German spells them out. */
export function spellings(word: string): readonly string[] {
  return [...new Set([fold(word), latin(word).toLowerCase()])].filter((spelling) => spelling !== '')
}

/**
 * What is searched for somebody: names and login, in every spelling; each word stands after a blank, and the surname comes
 * first, so that keys sort like a list of names.
 */
export function searchKey(person: {
  readonly given: string
  readonly surname: string
  readonly login: string
}): string {
  const names = `${person.surname} ${person.given}`
  const spelled = [...new Set([fold(names), latin(names).toLowerCase()])]
  return ` ${[...spelled, person.login].join(' ')}`
}
