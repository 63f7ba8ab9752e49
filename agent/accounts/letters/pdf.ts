import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import encodeQR from 'qr'
import { type Addressee, byClass, type Letter, type Sheet } from './letter.ts'
import { letterWords } from './words.ts'

/** Letters and lists as PDF, A4. Measures in points: 72 to an inch. */

/** Faces with the letters of Vietnamese, Cyrillic and Arabic names. */
export interface Fonts {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
  /** For what is typed: letters that cannot be taken for one another, and none that run together. */
  readonly typed: Uint8Array
}

type Document = InstanceType<typeof PDFDocument>

const mm = (millimetres: number): number => (millimetres / 25.4) * 72
const paper = { width: mm(210), height: mm(297) }
const margin = mm(20)

/** Two by five on a sheet, each a little larger than a visiting card. */
const strip = { columns: 2, rows: 5, width: mm(95), height: mm(55.4), left: mm(10), top: mm(10) }

const grey = '#666666'

/** One letter a page. */
export function letterPages(letters: readonly Letter[], sheet: Sheet, fonts: Fonts): Promise<Uint8Array> {
  const say = letterWords(sheet.language)
  const code = codeOf(sheet.address)
  return rendered(sheet, say.title, fonts, function* (document) {
    for (const letter of letters) {
      document.addPage()
      letterPage(document, letter, sheet, code)
      yield
    }
  })
}

/** Ten on a page, with marks to cut along; each class begins on a page of its own. */
export function letterStrips(letters: readonly Letter[], sheet: Sheet, fonts: Fonts): Promise<Uint8Array> {
  const say = letterWords(sheet.language)
  const code = codeOf(sheet.address)
  const perPage = strip.columns * strip.rows
  return rendered(sheet, say.title, fonts, function* (document) {
    for (const [, people] of byClass(letters)) {
      for (const [index, letter] of people.entries()) {
        const place = index % perPage
        if (place === 0) {
          yield
          document.addPage()
          cutMarks(document)
        }
        const x = strip.left + (place % strip.columns) * strip.width
        const y = strip.top + Math.trunc(place / strip.columns) * strip.height
        stripAt(document, letter, sheet, code, x, y)
      }
    }
  })
}

/** Who is in which class, and a column to sign. No passwords. */
export function classLists(people: readonly Addressee[], sheet: Sheet, fonts: Fonts): Promise<Uint8Array> {
  const say = letterWords(sheet.language)
  return rendered(sheet, say.list, fonts, function* (document) {
    for (const [title, members] of byClass(people)) {
      listOf(document, title, members, sheet)
      yield
    }
  })
}

async function rendered(
  sheet: Sheet,
  title: string,
  fonts: Fonts,
  draw: (document: Document) => Iterable<void>,
): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    // None of the built-in faces, which know no Polish.
    font: '',
    lang: sheet.language,
    info: { Title: `${title} – ${sheet.school}`, Author: sheet.school, CreationDate: new Date(sheet.made) },
  })
  document.registerFont('regular', Buffer.from(fonts.regular))
  document.registerFont('bold', Buffer.from(fonts.bold))
  document.registerFont('typed', Buffer.from(fonts.typed))
  const parts: Uint8Array[] = []
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  document.on('data', (part: Uint8Array) => parts.push(part))
  // A whole school takes a second or two, in which the agent has other things to do, too.
  for (const _page of draw(document)) await setImmediate()
  document.end()
  await ended
  return Buffer.concat(parts)
}

function letterPage(
  document: Document,
  { person, title, password }: Letter,
  { school, language, address }: Sheet,
  code: Code,
): void {
  const say = letterWords(language)
  const formal = person.role !== 'pupil'
  const width = paper.width - 2 * margin
  document.font('regular').fontSize(10).fillColor(grey).text(school, margin, margin, { width })
  document.fillColor('black')
  line(document, fullName(person), margin, mm(45), width, 16, 'bold')
  if (title !== '') document.font('regular').fontSize(11).text(`${say.class} ${title}`, margin, mm(54), { width })
  document
    .font('bold')
    .fontSize(18)
    .text(formal ? say.formalTitle : say.title, margin, mm(75), { width })

  const side = mm(38)
  const box = { top: mm(90), height: mm(52) }
  document.roundedRect(margin, box.top, width, box.height, 6).lineWidth(0.75).strokeColor(grey).stroke()
  const left = margin + mm(7)
  const room = width - side - mm(21)
  field(document, say.login, person.login, left, box.top + mm(6), room, 15)
  field(document, say.password, password, left, box.top + mm(21), room, 15)
  field(document, say.address, address, left, box.top + mm(36), room, 12)
  qrCode(document, code, margin + width - side - mm(7), box.top + (box.height - side) / 2, side)

  document.font('regular').fontSize(11.5)
  const steps = formal ? say.formalSteps : say.steps
  steps.forEach((step, index) => {
    const y = mm(157) + index * mm(13)
    document.text(`${index + 1}.`, margin, y, { lineBreak: false })
    document.text(step, margin + mm(8), y, { width: width - mm(8) })
  })
  document
    .fontSize(10)
    .fillColor(grey)
    .text(say.help, margin, mm(157) + steps.length * mm(13) + mm(4), { width })
    .fillColor('black')
}

function stripAt(
  document: Document,
  { person, title, password }: Letter,
  { school, language, address }: Sheet,
  code: Code,
  x: number,
  y: number,
): void {
  const say = letterWords(language)
  const [left, top] = [x + mm(6), y + mm(5)]
  const side = mm(24)
  const room = strip.width - mm(12)
  line(document, school, left, top, room, 7.5, 'regular', grey)
  const named = title === '' ? fullName(person) : `${fullName(person)}, ${title}`
  line(document, named, left, top + mm(5), room, 11, 'bold')
  const beside = room - side - mm(3)
  field(document, say.login, person.login, left, top + mm(14), beside, 11)
  field(document, say.password, password, left, top + mm(24), beside, 11)
  line(document, address, left, top + mm(37), beside, 8, 'regular', grey)
  qrCode(document, code, left + room - side, top + mm(15.5), side)
}

function listOf(document: Document, title: string, members: readonly Addressee[], { school, language }: Sheet): void {
  const say = letterWords(language)
  const rowHeight = mm(7)
  const perPage = Math.trunc((paper.height - mm(40) - mm(20)) / rowHeight)
  const pages = Math.ceil(members.length / perPage)
  const columns = [mm(10), mm(52), mm(45), mm(45)] as const
  members.forEach(({ person }, index) => {
    const row = index % perPage
    if (row === 0) {
      document.addPage()
      document.font('bold').fontSize(15).fillColor('black')
      document.text(title === '' ? say.without : `${say.class} ${title}`, margin, mm(15), { lineBreak: false })
      document.font('regular').fontSize(9).fillColor(grey)
      document.text(
        `${school}, ${say.people(members.length)}, ${say.page(index / perPage + 1, pages)}`,
        margin,
        mm(23),
        { lineBreak: false },
      )
      cells(document, ['', say.surname, say.given, say.login, say.received], columns, mm(31), 'regular', grey)
    }
    const y = mm(38) + row * rowHeight
    cells(document, [String(index + 1), person.surname, person.given, person.login, ''], columns, y, 'regular', 'black')
    document.moveTo(margin, y + rowHeight - mm(1.5)).lineTo(paper.width - margin, y + rowHeight - mm(1.5))
    document.lineWidth(0.25).strokeColor(grey).stroke()
  })
}

function cells(
  document: Document,
  texts: readonly string[],
  widths: readonly number[],
  y: number,
  face: 'regular' | 'bold' | 'typed',
  colour: string,
): void {
  let x = margin
  texts.forEach((text, index) => {
    const width = widths[index] ?? mm(25)
    if (text !== '') line(document, text, x, y, width - mm(2), 9.5, face, colour)
    x += width
  })
}

function field(
  document: Document,
  label: string,
  value: string,
  x: number,
  y: number,
  width: number,
  size: number,
): void {
  line(document, label, x, y, width, size * 0.65, 'regular', grey)
  line(document, value, x, y + size * 0.95, width, size, 'typed')
}

/** One line of text as large as it fits; below half of its size it is broken into two, for no part of a name is left out. */
function line(
  document: Document,
  text: string,
  x: number,
  y: number,
  width: number,
  size: number,
  face: 'regular' | 'bold' | 'typed',
  colour = 'black',
): void {
  document.font(face).fontSize(size).fillColor(colour)
  const needed = document.widthOfString(text)
  if (needed <= width) document.text(text, x, y, { lineBreak: false })
  else if (needed * 0.6 <= width) document.fontSize((size * width) / needed).text(text, x, y, { lineBreak: false })
  else document.fontSize(size * 0.6).text(text, x, y, { width })
}

/** The squares of a code for cameras; the same on every letter. */
type Code = readonly (readonly boolean[])[]

const codeOf = (text: string): Code => encodeQR(text, 'raw', { ecc: 'medium', border: 1 })

/** White paper around it is the quiet zone that cameras need. */
function qrCode(document: Document, code: Code, x: number, y: number, size: number): void {
  const side = size / code.length
  code.forEach((row, down) => {
    row.forEach((dark, across) => {
      if (dark) document.rect(x + across * side, y + down * side, side, side)
    })
  })
  document.fillColor('black').fill()
}

/** Short lines at the edges of the sheet and where strips meet: they cross no text. */
function cutMarks(document: Document): void {
  const [right, bottom] = [strip.left + strip.columns * strip.width, strip.top + strip.rows * strip.height]
  const mark = mm(4)
  for (let column = 0; column <= strip.columns; column += 1) {
    const x = strip.left + column * strip.width
    document
      .moveTo(x, strip.top - mark)
      .lineTo(x, strip.top - mm(1))
      .moveTo(x, bottom + mm(1))
      .lineTo(x, bottom + mark)
  }
  for (let row = 0; row <= strip.rows; row += 1) {
    const y = strip.top + row * strip.height
    document
      .moveTo(strip.left - mark, y)
      .lineTo(strip.left - mm(1), y)
      .moveTo(right + mm(1), y)
      .lineTo(right + mark, y)
    for (let column = 1; column < strip.columns; column += 1) {
      const x = strip.left + column * strip.width
      document
        .moveTo(x - mm(2), y)
        .lineTo(x + mm(2), y)
        .moveTo(x, y - mm(2))
        .lineTo(x, y + mm(2))
    }
  }
  document.lineWidth(0.4).strokeColor(grey).stroke()
}

const fullName = ({ given, surname }: Addressee['person']): string => `${given} ${surname}`.trim()
