import type { z } from 'zod'
import type { importLetters, LettersReceipt } from '../../contract/import-letters.ts'
import type { Ledger } from '../../engine/ledger.ts'
import { BoxError } from '../../errors.ts'
import { serverOf } from '../../model/local-names.ts'
import type { PersonId } from '../../model/person.ts'
import type { SchoolState } from '../../model/state.ts'
import type { System } from '../../system/system.ts'
import { openSeal } from '../seal.ts'
import { lettersCsv, listsCsv } from './csv.ts'
import { type Addressee, addressees, byClass, type Letter, type Sheet, unknownClasses } from './letter.ts'
import { classLists, type Fonts, letterPages, letterStrips } from './pdf.ts'

type Request = z.output<typeof importLetters.request>
type Response = z.input<typeof importLetters.response>

export interface LettersDeps {
  readonly system: Pick<System, 'clock' | 'files'>
  readonly ledger: Pick<Ledger, 'register' | 'firstPasswords'>
  readonly state: SchoolState
  /** Gives somebody a new password, in the directory, and keeps it until it is told. */
  readonly newPassword: (person: PersonId) => Promise<{ readonly password: string; readonly made: number }>
}

/** fonts-dejavu-core. */
const faces = '/usr/share/fonts/truetype/dejavu'

/**
 * Letters with first passwords, or lists without. They count as told once whoever asked has them in a file (`keptLetters`): if the
 * answer is lost on its way, they can be asked for again.
 * @throws `GROUP_UNKNOWN`, `PERSON_UNKNOWN`, `USAGE` for new passwords of nobody in particular, `FILE_MISSING` without the fonts.
 */
export async function writeLetters(request: Request, deps: LettersDeps): Promise<Response> {
  const { system, ledger, state } = deps
  const register = ledger.register.snapshot()
  const [unknown] = unknownClasses(register, request)
  if (unknown !== undefined)
    throw new BoxError('GROUP_UNKNOWN', `There is no class "${unknown}"`, {
      hint: 'iserv-ctl group list shows what there is.',
    })
  const logins = new Set<string>(register.people.map(({ login }) => login))
  const nobody = request.logins.find((login) => !logins.has(login))
  if (nobody !== undefined) throw new BoxError('PERSON_UNKNOWN', `Nobody signs in as "${nobody}"`)
  if (request.newPasswords && request.classes.length + request.logins.length === 0) {
    throw new BoxError('USAGE', 'New passwords are given to a class or to somebody named, never to all at once', {
      hint: 'Add --class or --person.',
    })
  }
  const people = addressees(register, request)
  const sheet: Sheet = {
    school: state.school.name,
    language: state.school.language,
    // Telephones warn of the box's own authority; the page asks for nothing secret.
    address: `http://${serverOf(state.school.domain)}/`,
    made: system.clock.now(),
  }
  if (request.kind === 'lists' || request.kind === 'lists-csv') {
    const content =
      request.kind === 'lists'
        ? await classLists(people, sheet, await fontsOf(system))
        : Buffer.from(listsCsv(people, sheet.language))
    return { ...told(people), content: base64(content), receipt: [], printed: 0, without: 0 }
  }
  // Before any password is opened or made: without them there is no paper.
  const fonts = request.kind === 'csv' ? undefined : await fontsOf(system)
  const { letters, receipt, printed, without } = await withPasswords(people, request.newPasswords, deps)
  const content = await paperOf(letters, sheet, request, fonts)
  return { ...told(letters), content: base64(content), receipt, printed, without }
}

/** The passwords of these letters are on paper now, and nowhere else. */
export function keptLetters(receipt: LettersReceipt, { system, ledger }: Pick<LettersDeps, 'system' | 'ledger'>): void {
  ledger.firstPasswords.markPrinted(receipt, system.clock.now())
}

const base64 = (content: Uint8Array): string => Buffer.from(content).toString('base64')

function told(people: readonly Addressee[]): Pick<Response, 'people' | 'classes'> {
  const classes = byClass(people).map(([title, members]) => ({ title, people: members.length }))
  return { people: people.length, classes: [...classes] }
}

async function paperOf(
  letters: readonly Letter[],
  sheet: Sheet,
  { layout }: Request,
  fonts: Fonts | undefined,
): Promise<Uint8Array> {
  if (fonts === undefined) return Buffer.from(lettersCsv(letters, sheet.language, sheet.address))
  return layout === 'page' ? letterPages(letters, sheet, fonts) : letterStrips(letters, sheet, fonts)
}

interface Opened {
  readonly letters: readonly Letter[]
  readonly receipt: LettersReceipt
  /** How many have had theirs before. */
  readonly printed: number
  /** How many have chosen a password of their own, or never had a first one. */
  readonly without: number
}

async function withPasswords(
  people: readonly Addressee[],
  fresh: boolean,
  { system, ledger, newPassword }: LettersDeps,
): Promise<Opened> {
  const seal = await openSeal(system)
  const kept = new Map(
    ledger.firstPasswords.list(people.map(({ person }) => person.id)).map((one) => [one.person, one]),
  )
  const letters: Letter[] = []
  const receipt: LettersReceipt = []
  const add = (one: Addressee, password: string, made: number): void => {
    letters.push({ ...one, password })
    receipt.push({ person: one.person.id, made })
  }
  let printed = 0
  for (const one of people) {
    const known = kept.get(one.person.id)
    const password = known === undefined || known.printed !== null ? undefined : seal.open(known.sealed, one.person.id)
    if (known !== undefined && password !== undefined && one.person.sid !== null) add(one, password, known.made)
    else if (fresh) {
      const given = await newPassword(one.person.id)
      add(one, given.password, given.made)
    } else if (known !== undefined && known.printed !== null) printed += 1
  }
  return { letters, receipt, printed, without: people.length - letters.length - printed }
}

async function fontsOf({ files }: Pick<System, 'files'>): Promise<Fonts> {
  const face = async (name: string): Promise<Uint8Array> => {
    const bytes = await files.readBytes(`${faces}/${name}.ttf`)
    if (bytes !== undefined) return bytes
    throw new BoxError('FILE_MISSING', `There is no font ${faces}/${name}.ttf`, {
      hint: 'It is part of the system: the image is damaged.',
    })
  }
  const [regular, bold, typed] = await Promise.all([
    face('DejaVuSans'),
    face('DejaVuSans-Bold'),
    face('DejaVuSansMono-Bold'),
  ])
  return { regular, bold, typed }
}
