import { latin } from '../../model/latin.ts'

/** What is part of a surname without being its core: "von der Heide" is sorted and shortened by Heide. */
const particles = new Set(
  `af al ap av bin d da das de degli dei del della der des di do dos du e el en et ibn il in la las le les lo los ten ter
   thoe tot van vande vanden vander vom von vonder y zu zum zur`
    .trim()
    .split(/\s+/),
)

/** Titles that some programs keep within names. */
const titles = new Set(['dr', 'prof', 'dipl', 'mag', 'ing', 'phil', 'med', 'rer', 'nat', 'hc'])

/** A name in the forms that a rule asks for; letters a to z, digits and hyphens only. */
export interface NameForms {
  /** `vonderheide`, `anna-lena`, `mueller-luedenscheidt`. */
  readonly whole: string
  /** The same of a double name's first part: `anna`, `mueller`. */
  readonly first: string
  /** Without particles and hyphens, for first letters: `heide`. */
  readonly core: string
}

/** The first of somebody's given names; what a hyphen joins is one. */
export function givenForms(given: string): NameForms {
  const [name = ''] = wordsOf(given)
  return { whole: name, first: firstOf(name), core: name.replaceAll('-', '') }
}

/** A surname with all it consists of. */
export function surnameForms(surname: string): NameForms {
  const words = wordsOf(surname)
  const whole = words.join('')
  const cores = words.filter((word) => !particles.has(word)).map((word) => withoutArticle(word))
  // Two names without a hyphen (García Márquez) are a double name, too.
  const first = words.slice(0, words.findIndex((word) => !particles.has(word)) + 1).join('') || whole
  return { whole, first: firstOf(first), core: (cores.join('') || whole).replaceAll('-', '') }
}

function wordsOf(name: string): readonly string[] {
  const words = name
    .split(/\s+/)
    .filter((word) => !(word.endsWith('.') && titles.has(word.slice(0, -1).toLowerCase().replaceAll('.', ''))))
    .flatMap((word) => latin(word).split(' '))
    .filter((word) => word !== '')
  return words
}

/** `al-hariri` → `hariri`. */
function withoutArticle(word: string): string {
  const [article = '', ...rest] = word.split('-')
  return rest.length > 0 && particles.has(article) ? rest.join('-') : word
}

/** `mueller-luedenscheidt` → `mueller`, but `al-hariri` stays. */
function firstOf(name: string): string {
  const [first = '', second, ...rest] = name.split('-')
  if (second === undefined) return name
  return particles.has(first) ? [first, firstOf([second, ...rest].join('-'))].join('-') : first
}
