import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import { stateInWords } from './schild.ts'
import type { Words } from '../words.ts'

const name = 'lusd'
const title = 'LUSD (Hessen)'

/** Reports name the table before the column: `Schueler_Nachname`; the interface does not: `schuelerNachname`, `klassenname`. */
const words: Words = [
  [
    'id',
    'lusdid',
    'schuelerlusdid',
    'schueleruid',
    'schuelerid',
    'schuelerschuelerid',
    'schueleridesz',
    'schuelerpersonid',
  ],
  ['given', 'schuelerrufname', 'schuelervorname', 'schuelervornamen', 'schülervorname'],
  ['surname', 'schuelernachname', 'schuelerfamilienname', 'schülernachname'],
  [
    'class',
    'klassenklassenbezeichnung',
    'klassenbezeichnung',
    'klassenklassenname',
    'klassenname',
    'klasseklassenbezeichnung',
    'schuelerklasse',
    'schuelerklassenbezeichnung',
  ],
  ['birth', 'schuelergeburtsdatum', 'schülergeburtsdatum'],
  ['year', 'stufesemester', 'schuelerstufesemester', 'schuelerjahrgangsstufe'],
  ['mail', 'schueleremail', 'schuelermail'],
  ['state', 'schuelerstatus', 'status'],
]

/** Columns that only LUSD calls like this, and those it shares with DaNiS. */
const own = /^(lusdid|schuelerlusdid|schueleruid|schueleridesz|klassenklassenbezeichnung|sch(ue|ü)ler(vor|nach)name)$/

/** What tells DaNiS. */
const danis = /^sch(ue|ü)leridentnummer$|^schuelerrufname$|^gruppebezeichn?ung$/

export const lusd: Format = {
  name,
  title,
  words,
  about:
    'Reports of pupils, whose columns have the name of their table in front (Schueler_Nachname, Klassen_Klassenbezeichnung), and lists ' +
    'made from the interface (schuelerNachname, klassenname).',
  reads: [
    ['id', 'lusd_id, Schueler_LUSD_ID, schuelerUID'],
    ['given', 'Schueler_Vorname, Schueler_Rufname'],
    ['surname', 'Schueler_Nachname'],
    ['class', 'Klassen_Klassenbezeichnung, klassenname'],
    ['birth', 'Schueler_Geburtsdatum'],
    ['year', 'stufeSemester'],
    ['mail', 'Schueler_EMail'],
    ['state', 'Schueler_Status, in the words of SchILD'],
  ],
  fits(part) {
    const header = headerWords(part, words)
    return header.some((word) => own.test(word)) && !header.some((word) => danis.test(word))
  },
  read: (parts, options) =>
    parts.map((part) => readNamed(part, { name, title, words, role: () => 'pupil', state: stateInWords }, options)),
}
