import { latin } from '../../model/latin.ts'

/** What is part of a surname without being its core: "von der Heide" is sorted and shortened by Heide. */
const particles = new Set(
  `af al ap av bin d da das de degli dei del della der des di do dos du e el en et ibn il in la las le les lo los ten ter
   thoe tot und van vande vanden vander vom von vonder y zu zum zur`
    .trim()
    .split(/\s+/),
)

/** Vietnamese words between family name and given name, which tell woman from man and call nobody. */
const between = /^(thị|thi|văn|van)$/iu

/** "Servant of …", "father of …": half a name, whose other half follows with or without an article. */
const bound = new Set(['abd', 'abdal', 'abdel', 'abdol', 'abdul', 'abdur', 'abdus', 'abu'])
const articles = new Set(['al', 'ar', 'as', 'ash', 'el', 'er', 'es', 'ul', 'ur', 'us'])

/** What nobles are called before their name; by itself each may be a surname. */
const noble = /^(freiherr|freifrau|freiin|graf|gräfin|graefin)$/iu

/** Titles that some programs keep within names. */
const titles = new Set(['dr', 'prof', 'dipl', 'mag', 'ing', 'phil', 'med', 'rer', 'nat', 'hc'])

/** A name in the forms that a rule asks for; letters a to z, digits and hyphens only. */
export interface NameForms {
  /** `vonderheide`, `anna-lena`, `mueller-luedenscheidt`. */
  readonly whole: string
  /** The same of a double name's first part: `anna`, `mueller`. */
  readonly first: string
  /** The same without particles: `mueller`, `heide`. */
  readonly bare: string
  /** Without particles and hyphens, for first letters: `heide`. */
  readonly core: string
}

/** The first of somebody's given names; what a hyphen joins is one, and so is what means nothing by half. */
export function givenForms(given: string): NameForms {
  const all = split(given)
  const [name = '', ...rest] = spelled(all.slice(all.findIndex((word) => !between.test(word))))
  if (bound.has(name) && rest.length > 0) {
    const end = rest.findIndex((word) => !articles.has(word)) + 1
    const whole = [name, ...rest.slice(0, end === 0 ? rest.length : end)].join('').replaceAll('-', '')
    return { whole, first: whole, bare: whole, core: whole }
  }
  const first = bound.has(name.split('-')[0] ?? '') ? name : firstOf(name)
  return { whole: name, first, bare: first, core: name.replaceAll('-', '') }
}

/** A surname with all it consists of. */
export function surnameForms(surname: string): NameForms {
  const all = split(surname)
  const [start, end] =
    all.length < 2 ? [0] : [noble.test(all[0] ?? '') ? 1 : 0, between.test(all.at(-1) ?? '') ? -1 : undefined]
  const words = spelled(all.slice(start, end))
  const whole = words.join('')
  const cores = words.filter((word) => !particles.has(word)).map((word) => withoutArticle(word))
  // Two names without a hyphen (García Márquez) are a double name, too.
  const first = words.slice(0, words.findIndex((word) => !particles.has(word)) + 1).join('') || whole
  const bare = firstOf(cores[0] ?? whole)
  return { whole, first: firstOf(first), bare, core: (cores.join('') || whole).replaceAll('-', '') }
}

/** A name's words as they are written, without titles. */
function split(name: string): readonly string[] {
  return name
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '')
    .filter((word) => !(word.endsWith('.') && titles.has(word.slice(0, -1).toLowerCase().replaceAll('.', ''))))
}

function spelled(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => latin(word).split(' ')).filter((word) => word !== '')
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
