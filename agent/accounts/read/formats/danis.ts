import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import { stateInWords } from './schild.ts'
import type { Words } from '../words.ts'

const name = 'danis'
const title = 'DaNiS'

const words: Words = [
  ['id', 'schueleridentnummer', 'schüleridentnummer'],
  ['given', 'schuelerrufname', 'schuelervorname'],
  ['surname', 'schuelernachname', 'schuelerfamilienname'],
  // The second spelling stands in the instructions that schools follow.
  ['class', 'gruppebezeichnung', 'gruppebezeichung'],
  ['birth', 'schuelergeburtsdatum'],
]

export const danis: Format = {
  name,
  title,
  words,
  about: 'The export of pupils that the instructions for DaNiS describe.',
  reads: [
    ['id', 'SchuelerIdentNummer'],
    ['given', 'SchuelerRufname'],
    ['surname', 'SchuelerNachname'],
    ['class', 'GruppeBezeichnung'],
    ['birth', 'SchuelerGeburtsdatum, where it is exported'],
    ['state', 'Status, in words, where there is one'],
  ],
  fits: (part) =>
    headerWords(part, words).some((word) =>
      /^sch(ue|ü)leridentnummer$|^schuelerrufname$|^gruppebezeichn?ung$/.test(word),
    ),
  read: (parts, options) =>
    parts.map((part) => readNamed(part, { name, title, words, role: () => 'pupil', state: stateInWords }, options)),
}
