import { show } from '../../model/explain.ts'
import { Login, Person, type Role } from '../../model/person.ts'
import type { Row } from '../../tables/table.ts'
import { birthOf, looksLikeDate } from './birth.ts'
import type { Finding } from './finding.ts'
import { lostLetter, mended } from './garbled.ts'
import type { State } from './person.ts'
import type { Field, GroupRecord } from './record.ts'
import { spreadsheetMade } from './spreadsheet.ts'
import { roleOf } from './words.ts'

/** What is wrong with what a file says of one person. */

export interface Complaint extends Pick<Finding, 'severity' | 'kind' | 'message' | 'hint'> {
  /** Whose column is at fault. */
  readonly field: Field
}

export interface Said {
  readonly text: (field: Field) => string
  /** Is there such a column at all? */
  readonly has: (field: Field) => boolean
  readonly given: string
  readonly surname: string
  readonly classes: readonly string[]
  /** Titles of the other groups. */
  readonly groups: readonly string[]
  readonly leads: readonly string[]
  readonly role: Role
  readonly state: State
}

export function complaints(said: Said): readonly Complaint[] {
  const { text, has, given, surname, classes, groups, leads } = said
  const found: Complaint[] = []
  const error = (field: Field, wrong: Wrong | undefined): void => {
    if (wrong !== undefined) found.push({ severity: 'error', field, ...wrong })
  }
  const warning = (field: Field, kind: string, message: string, hint: string): void => {
    found.push({ severity: 'warning', field, kind, message, hint })
  }
  const together = has('name') && !has('given') && !has('surname')
  const givenIn = together ? 'name' : 'given'
  const surnameIn = together ? 'name' : 'surname'
  for (const field of readable) error(field, unreadable(text(field)))
  error('class', anyUnreadable(classes))
  error('groups', anyUnreadable(groups))
  error('leads', anyUnreadable(leads))
  error(givenIn, foreignInName(given) ?? signInName(given))
  error(surnameIn, foreignInName(surname) ?? signInName(surname))
  for (const field of ['mail', 'login'] as const) error(field, spreadsheetMade(text(field)))
  error('children', anyMade(text('children').split(';')))
  if (spreadsheetMade(text('password')) !== undefined) error('password', madePassword)
  if (given === '' && surname === '')
    error(surnameIn, { kind: 'nameless', message: 'nobody is named here', hint: addName })
  else if (given === '')
    error(givenIn, { kind: 'no-given', message: `${show(surname)} has no given name`, hint: addGiven })
  else if (surname === '') warning(surnameIn, 'no-surname', `${show(given)} has no surname`, 'Some people have none.')
  error('birth', wrongBirth(text('birth')))
  for (const title of classes) error('class', foreignInClass(title))
  if (
    said.role === 'pupil' &&
    said.state !== 'left' &&
    has('class') &&
    classes.length === 0 &&
    `${given}${surname}` !== ''
  ) {
    const hint = 'Read as a pupil without a class. Who is no pupil is told by a column of roles.'
    warning('class', 'no-class', `${given} ${surname} has no class`, hint)
  }
  for (const title of said.role === 'pupil' ? classes : []) error('class', roleInstead(title))
  if (said.role === 'pupil' && classes.length > 1) {
    const message = `${given} ${surname} is in ${classes.length} classes: ${classes.join(', ')}`
    warning('class', 'classes', message, 'Is one of them a course?')
  }
  error('id', dateInstead(text('id'), 'an id'))
  const mail = wrongMail(text('mail'))
  if (mail !== undefined) warning('mail', 'mail', mail, 'Mend it in the source. An account needs none.')
  const login = wrongLogin(text('login'))
  if (login !== undefined) warning('login', 'login', login, 'Another one is made by the rule of the school.')
  if (said.role === 'administrator') {
    const hint = 'Rights on the server are given by hand, not by a file.'
    warning('role', 'administrator', `${given} ${surname} is an administrator there, and becomes staff here`, hint)
  }
  if (said.state === 'unknown') {
    const message = `${show(text('state'))} is no status we know: ${given} ${surname} is read as one who is here`
    warning(
      'state',
      'status',
      message,
      'If it means that somebody has left, take the line out, or write Abgang in its place.',
    )
  }
  if (said.state === 'waiting') {
    const message = `${given} ${surname} is on the waiting list, and left out`
    warning('state', 'waiting', message, 'Read the file again once the place is given.')
  }
  return found
}

const addName = 'Add the name in the source, or take the line out there.'
const addGiven = 'Add it in the source. Who has one name only, has it as the given name.'

interface Wrong {
  readonly kind: string
  readonly message: string
  readonly hint: string
}

const readable = ['given', 'surname', 'name', 'id', 'year'] as const

/** A group that no plan may hold. */
export function groupComplaint({ place, title, id = '', year = '', successor = '' }: GroupRecord): Finding | undefined {
  const wrong = anyUnreadable([title, id, year, successor])
  return wrong && { severity: 'error', line: place.line, path: 'groups', ...wrong }
}

/** The same of titles in a column, which people of another file get. */
export function titleComplaints(
  rows: readonly Row[],
  index: number,
  titlesIn: (text: string) => readonly string[] = (text) => [text],
): readonly Finding[] {
  return rows.flatMap(({ line, cells }) => {
    const cell = cells[index]
    const wrong = cell && anyUnreadable(titlesIn(cell.text))
    return wrong === undefined ? [] : [{ severity: 'error', line, column: cell?.column ?? 1, path: 'groups', ...wrong }]
  })
}

function anyMade(texts: readonly string[]): Wrong | undefined {
  return texts.map((text) => spreadsheetMade(text.trim())).find((wrong) => wrong !== undefined)
}

function anyUnreadable(texts: readonly string[]): Wrong | undefined {
  const broken = texts.find((text) => unreadable(text) !== undefined)
  return broken === undefined ? undefined : unreadable(broken)
}

/** Printable ASCII without `?` and `&`: nothing to look at. */
const plain = /^[ -%'->@-~]*$/

/** What no text of a person may hold. */
function unreadable(text: string): Wrong | undefined {
  const made = spreadsheetMade(text)
  if (made !== undefined) return made
  if (text.length <= 200 && plain.test(text)) return undefined
  const meant = mended(text)
  if (meant !== undefined) {
    const hint = 'The file was read in a wrong encoding and saved again. Export it anew from the source, as UTF-8.'
    return { kind: 'mojibake', message: `${show(text)} was once ${show(meant)}`, hint }
  }
  if (lostLetter(text)) {
    const hint = 'Export the file anew from the source, as UTF-8.'
    return { kind: 'lost', message: `${show(text)} has lost a letter on its way`, hint }
  }
  // Without its semicolon where that is taken for the end of a column.
  const entity = /&([aouAOU]uml|szlig|[a-zA-Z](acute|grave|circ|cedil|tilde)|amp|#\d+);?/.exec(text)?.[0]
  if (entity !== undefined) {
    const hint = 'Export the file as a plain table.'
    return { kind: 'entity', message: `${show(text)} holds ${entity}, a letter as web pages write it`, hint }
  }
  if (/\p{C}/u.test(text)) {
    const hint = 'Mend it in the source, and export the file anew.'
    return { kind: 'control', message: `${show(text)} holds a character that cannot be printed`, hint }
  }
  return text.length > 200
    ? { kind: 'long', message: `${show(text)} is longer than 200 characters`, hint: swapped }
    : undefined
}

const swapped = 'Are the columns in the right order? Say which is which: --map COLUMN=FIELD'

function foreignInName(text: string): Wrong | undefined {
  if (!/[\d@]/.test(text) || spreadsheetMade(text) !== undefined) return undefined
  const instead = looksLikeDate(text)
    ? 'is a date'
    : text.includes('@')
      ? 'is a mail address'
      : isClass(text)
        ? 'looks like a class'
        : ''
  if (instead !== '')
    return { kind: instead, message: `${show(text)} ${instead}, where a name should be`, hint: swapped }
  return { kind: 'digit', message: `${show(text)} has a digit, which no name has`, hint: 'Mend it in the source.' }
}

/** Apostrophes, dashes, the dot of Catalan and quotes around a nickname stand in names. */
const noneOfNames = /\p{L}[„“”‚«»‹›…]\p{L}|[^\0-\u007f\p{C}\p{L}\p{M}\p{Z}’‘´′·‐-―„“”‚«»‹›…\uFFFD]/u

function signInName(text: string): Wrong | undefined {
  if (plain.test(text)) return undefined
  const sign = noneOfNames.exec(text)?.[0].replaceAll(/\p{L}/gu, '')
  if (sign === undefined || mended(text) !== undefined) return undefined
  const hint = 'Was the file saved for Macintosh or MS-DOS? Save it anew as CSV UTF-8.'
  return { kind: 'sign', message: `${show(text)} holds ${sign}, which stands in no name`, hint }
}

const isClass = (text: string): boolean => /^\d{1,2}\s?[a-z]{1,2}$/i.test(text)

function foreignInClass(title: string): Wrong | undefined {
  if (!title.includes('@')) return dateInstead(title, 'a class')
  return {
    kind: 'is a mail address',
    message: `${show(title)} is a mail address, where a class should be`,
    hint: swapped,
  }
}

/** Guests may well be a class: `gast`. */
function roleInstead(title: string): Wrong | undefined {
  const role = roleOf(title)
  if (role === undefined || role === 'pupil' || role === 'guest') return undefined
  const hint = `Is this no list of pupils? Say it: --role ${role}. If it is of everybody, a column of roles tells it.`
  return { kind: 'role-class', message: `${show(title)} is no class, but what somebody is`, hint }
}

function wrongBirth(text: string): Wrong | undefined {
  const made = spreadsheetMade(text)
  // A day in words is one.
  if (made !== undefined && made.kind !== 'made-date') return made
  const birth = text === '' ? undefined : birthOf(text)
  if (birth === undefined || 'date' in birth) return undefined
  return { kind: birth.wrong, message: `${show(text)} ${birth.wrong}`, hint: birth.hint }
}

function dateInstead(text: string, what: string): Wrong | undefined {
  if (!looksLikeDate(text)) return undefined
  return { kind: 'is a date', message: `${show(text)} is a date, where ${what} should be`, hint: swapped }
}

/** What the password is stays untold. */
const madePassword: Wrong = {
  kind: 'made-password',
  message: 'the password is what a spreadsheet makes of a value it takes for a number or a date',
  hint: 'Format the column as text there before the values are put in, and export again.',
}

function wrongMail(text: string): string | undefined {
  if (text === '' || Person.shape.mail.safeParse(text.toLowerCase()).success) return undefined
  return `${show(text)} is no mail address, and left out`
}

function wrongLogin(text: string): string | undefined {
  const wish = text === '' || spreadsheetMade(text) !== undefined ? undefined : Login.safeParse(text.toLowerCase())
  return wish === undefined || wish.success ? undefined : `${show(text)} ${wish.error.issues[0]?.message}`
}
