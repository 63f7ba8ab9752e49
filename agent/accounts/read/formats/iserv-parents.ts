import type { Problem } from '../../../errors.ts'
import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import type { PersonRecord } from '../record.ts'

const name = 'iserv-parents'
const title = 'IServ, Eltern'

export const iservParents: Format = {
  name,
  title,
  about: 'One row for each child of each parent. Rows of one id, or of one name and one mail address, are one parent.',
  reads: [
    ['given', 'Vorname'],
    ['surname', 'Nachname'],
    ['children', 'Kind-ID: the id of the child in the list of pupils'],
    ['mail', 'E-Mail'],
    ['id', 'Import-ID, where there is one'],
  ],
  fits: (part) => ['kindid', 'kinderids'].some((word) => headerWords(part).includes(word)),
  read: (parts, options) =>
    parts.map((part) => {
      const reading = readNamed(part, { name, title, role: () => 'parent', sameWhen }, options)
      return { ...reading, problems: [...reading.problems, ...namesakes(reading.people)] }
    }),
}

/** A name alone makes nobody the same: there are many of the common ones. */
function sameWhen({ id, given, surname, mail, place }: PersonRecord): string {
  return id ?? [given, surname, mail ?? `${place.file}:${place.line}`].join('\n')
}

/** Who may be one parent of two children, and nothing says so. */
function namesakes(people: readonly PersonRecord[]): readonly Problem[] {
  const bare = people.filter(({ id, mail }) => id === undefined && mail === undefined)
  return [...Map.groupBy(bare, ({ given, surname }) => `${given} ${surname}`.toLowerCase()).values()].flatMap(
    ([first, ...others]) =>
      others.map(({ place, given, surname }): Problem => ({
        severity: 'warning',
        ...place,
        path: 'mail',
        message: `${given} ${surname} is taken for somebody else than in line ${first?.place.line}`,
        hint: 'If both are one parent, give both lines the same mail address or Import-ID.',
      })),
  )
}
