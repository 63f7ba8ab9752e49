import type { Problem } from '../../errors.ts'
import { show } from '../../model/explain.ts'
import { quoted } from './near.ts'
import type { PersonRecord, Reading } from './record.ts'
import { wordOf } from './words.ts'

/** What a list should say of its people and says of none: without an id nobody is known again who changes the name. */

const pupilIds = /^(?!telefon|tel|fax|haus|schul|handy|mobil|klasse|plz).*(nummer|nr|id|guid|uuid|merkmal)$/
const adultIds = /^(?!telefon|tel|fax|haus|schul|handy|mobil|klasse|plz).*(nummer|nr|id|guid|uuid|kürzel|kuerzel|krz)$/

export function lacking(reading: Reading): Reading {
  const here = reading.people.filter(({ left }) => !left)
  const pupils = here.filter(({ role }) => role === 'pupil')
  const adults = here.filter(({ role }) => role === 'teacher' || role === 'staff')
  const problems = [...noIds(reading, pupils, adults), ...noClasses(reading, pupils)]
  return problems.length === 0 ? reading : { ...reading, problems: [...reading.problems, ...problems] }
}

function noIds(
  { file, ignored }: Reading,
  pupils: readonly PersonRecord[],
  adults: readonly PersonRecord[],
): readonly Problem[] {
  const people = pupils.length > 0 ? pupils : adults
  if (people.length === 0 || people.some(({ id }) => id !== undefined)) return []
  const column = ignored.find((name) => (pupils.length > 0 ? pupilIds : adultIds).test(wordOf(name)))
  // Lists of grown-ups often have none; who has a short name is known by it.
  if (pupils.length === 0 && column === undefined) return []
  const message = `nobody in this file has an id: whoever gets another name is to be confirmed by hand`
  const hint =
    column === undefined
      ? 'Export the id that the program gives everybody, if it has one: it never changes.'
      : `Does column ${show(column)} tell people apart for good? Then say it: --map ${quoted(column)}=id`
  return [{ severity: 'warning', file, path: 'id', message, hint }]
}

function noClasses({ file, ignored, problems, mapped }: Reading, pupils: readonly PersonRecord[]): readonly Problem[] {
  if (pupils.length === 0 || pupils.some(({ classes }) => classes.length > 0)) return []
  if (mapped.some(({ field }) => field === 'class') || problems.some(({ path }) => path === 'class')) return []
  const column = ignored.find((name) => /klasse|class/.test(wordOf(name)))
  const message = 'no pupil in this file has a class'
  const hint =
    column === undefined
      ? 'Export the class, too; without it there are no groups and no folders of classes.'
      : `Is it column ${show(column)}? Then say it: --map ${quoted(column)}=class`
  return [{ severity: 'warning', file, path: 'class', message, hint }]
}
