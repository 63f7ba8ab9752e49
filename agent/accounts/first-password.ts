import { randomInt } from 'node:crypto'

/**
 * First passwords are read from paper and typed by hand: syllables in small letters, no letter that looks like another
 * (l, o, q, y …) and no digit that looks like a letter: `kamu-refi-73`.
 */
const consonants = 'bdfghkmnprstvw'
const vowels = 'aeiu'
const digits = '23456789'

/** Syllables that make words nobody wants to hand to a child, in whatever place they come together. */
const unwanted = [
  'hure',
  'pipi',
  'kaka',
  'puta',
  'nude',
  'nutte',
  'titi',
  'sade',
  'mami',
  'papi',
  'pup',
  'kuk',
  'tit',
  'fuk',
]

/** Two syllables and a hyphen: six bits each, so 12 bits for five characters. */
const pairs = (length: number): number => Math.max(1, Math.ceil((length - 2) / 5))

/**
 * A password of at least this many characters: 29 bits with eight or ten, which the pauses after wrong tries are made for.
 * @param pick a whole number below its argument, from a source nobody can foresee.
 */
export function firstPassword(length: number, pick: (below: number) => number = randomInt): string {
  const from = (letters: string): string => letters[pick(letters.length)] ?? ''
  const syllables = (): string => [consonants, vowels, consonants, vowels].map(from).join('')
  for (;;) {
    const words = Array.from({ length: pairs(length) }, syllables)
    const password = [...words, from(digits) + from(digits)].join('-')
    if (!unwanted.some((word) => words.join('').includes(word))) return password
  }
}
