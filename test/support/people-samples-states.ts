import type { Sample } from './people-samples.ts'

/** Exports of programs of single states, as one file of `people-samples.ts`. */

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n`

export const samplesOfStates: readonly Sample[] = [
  {
    format: 'asv',
    file: 'asv-bayern.csv',
    text: lines(
      'Klasse;lokales Differenzierungsmerkmal;Familienname;Vornamen;Rufname;Status',
      '6c;0042;Obermaier;Vroni Maria;Vroni;aktiv',
      '6c;0043;Obermaier;Xaver;Xaver;entlassen',
    ),
    people: ['pupil 0042 Vroni Obermaier 6c', 'pupil 0043 Xaver Obermaier 6c left'],
  },
  {
    format: 'lusd',
    file: 'lusd.csv',
    text: lines(
      'lusd_id;Klassen_Klassenbezeichnung;Schueler_Vorname;Schueler_Nachname;Schueler_Geburtsdatum',
      'L-7;08C;Mehmet;Yıldız;24.12.2012',
    ),
    people: ['pupil L-7 Mehmet Yıldız 2012-12-24 08C'],
  },
  {
    format: 'lusd',
    file: 'lusd-schnittstelle.csv',
    text: lines(
      'dienststellennummer,klassenname,schuelerNachname,schuelerUID,schuelerVorname,stufeSemester',
      '1234,7b,Lang,u-1,Ida,07',
    ),
    people: ['pupil u-1 Ida Lang 7b year 07'],
  },
  {
    format: 'schild',
    file: 'ohne-nummer.csv',
    text: lines('Vorname;Nachname;Klasse;Status', 'Ina;Ost;5c;aktiv', 'Uwe;West;10c;Abgang', 'Jo;Sued;10c;Aktiv'),
    people: ['pupil - Ina Ost 5c', 'pupil - Uwe West 10c left', 'pupil - Jo Sued 10c'],
  },
]
