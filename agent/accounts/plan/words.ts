import type { AccountState, Role } from '../../model/person.ts'
import type { SchoolState } from '../../model/state.ts'
import type { Likeness } from '../match/likeness.ts'

/** Why something is planned, as sentences in the language of the school. */

export type Language = SchoolState['school']['language']

const de = {
  date: (date: string): string => date.split('-').toReversed().join('.'),
  none: 'keins',
  first: 'steht zum ersten Mal in der Datei',
  asNew: 'als neue Person bestätigt',
  confirmed: 'als dieselbe Person bestätigt',
  byHand: 'bisher von Hand angelegt, ab jetzt aus dieser Quelle',
  knownHere: (id: string): string => `hat in dieser Quelle die Nummer ${id}`,
  field: {
    given: (before: string, after: string) => `Vorname ${after} statt ${before}`,
    surname: (before: string, after: string) => `Nachname ${after} statt ${before}`,
    birth: (before: string, after: string) => `Geburtsdatum ${after} statt ${before}`,
    role: (before: string, after: string) => `Rolle ${after} statt ${before}`,
    mail: (before: string, after: string) => `E-Mail-Adresse ${after} statt ${before}`,
    origin: (before: string, after: string) => `Nummer in der Quelle ${after} statt ${before}`,
  },
  missing: 'fehlt in der Datei',
  saidGone: 'die Datei führt die Person als abgegangen',
  back: (state: AccountState): string => `steht wieder in der Datei, war ${states.de[state]}`,
  moved: (becomes: string | undefined): string =>
    becomes === undefined
      ? 'jetzt in einer anderen Klasse'
      : `jetzt in einer anderen Klasse; die bisherige heißt jetzt ${becomes}`,
  again: (title: string, becomes: string): string => `bleibt in ${title}; die bisherige Klasse heißt jetzt ${becomes}`,
  classless: 'die Datei nennt keine Klasse mehr',
  altered: {
    swapped: (count: number) => `Vor- und Nachname sehen in ${count} Zeilen vertauscht aus`,
    given: (count: number) => `${count} haben einen anderen Vornamen`,
    surname: (count: number) => `${count} haben einen anderen Nachnamen`,
    birth: (count: number) => `${count} haben ein anderes Geburtsdatum`,
    role: (count: number) => `${count} haben eine andere Rolle`,
    class: (count: number) => `${count} wechseln die Klasse, ohne dass die anderen der Klasse mitgehen`,
  },
  group: {
    new: 'steht zum ersten Mal in der Datei',
    successor: 'Folgeklasse nach der Datei',
    id: 'dieselbe Nummer in der Quelle, ein anderer Name',
    asked: 'ausdrücklich so gewünscht',
    year: 'rückt mit ihren Klassen auf',
    pupils: (moved: number, of: number) => `${moved} von ${of} Schülerinnen und Schülern sind jetzt dort`,
    ended: 'niemand gehört ihr mehr an',
    displaced: (by: string) => `niemand gehört ihr mehr an; ihren Namen bekommt die bisherige ${by}`,
    revived: 'steht wieder in der Datei',
  },
  likeness: {
    id: 'Name und Geburtsdatum gleich, aber eine andere Nummer in der Quelle',
    several: 'Name und Geburtsdatum gleich, und nicht nur bei dieser Person',
    gone: 'gleicher Name; diese Person hat die Schule verlassen',
    role: 'Name und Geburtsdatum (oder Nummer) gleich, aber eine andere Rolle',
    reused: 'dieselbe Nummer in der Quelle, aber Name und Geburtsdatum einer anderen Person',
    hand: 'gleicher Name; das Konto ist von Hand angelegt',
    spelling: 'Name in anderer Schreibweise, Geburtsdatum gleich',
    swapped: 'Vor- und Nachname vertauscht, Geburtsdatum gleich',
    surname: 'anderer Nachname, Vorname und Geburtsdatum gleich',
    given: 'anderer Vorname, Nachname und Geburtsdatum gleich',
    letters: 'Name fast gleich, Geburtsdatum gleich',
    unborn: 'Name gleich, ein Geburtsdatum fehlt',
    birth: 'Name gleich, Geburtsdatum fast gleich',
    class: 'Name gleich, andere Klasse, kein Geburtsdatum',
    mail: 'Name gleich, andere E-Mail-Adresse',
  } satisfies Record<Likeness, string>,
  remark: {
    excerpt: (held: number, known: number) => `Die Datei enthält ${held} von ${known} Klassen. Ist sie ein Auszug?`,
    nobody: (role: Role) =>
      `Die Datei nennt niemanden mit der Rolle ${roles.de[role]}; wer diese Rolle hat, bleibt unverändert.`,
    emptyClass: (title: string) => `Klasse ${title}: niemand gehört ihr an; sie wird nicht angelegt.`,
    mails: (mails: readonly string[]) =>
      `E-Mail-Adressen mehrerer Personen werden nicht übernommen: ${mails.join(', ')}`,
    foreign: (count: number, source: string) =>
      `${count} Personen kommen aus einer anderen Quelle (${source}); nur ihre Gruppen werden geändert, und ihre Nummer in dieser Quelle wird gemerkt.`,
    goneUnknown: (count: number) => `${count} Personen führt die Datei als abgegangen; sie hatten hier nie ein Konto.`,
    handKept: (count: number) => `${count} Konten sind von Hand angelegt und bleiben unberührt.`,
    unused: (before: string, after: string) =>
      `Die Datei nennt ${after} als Folgeklasse von ${before}, aber die Schülerinnen und Schüler sind nicht dort; ${before} behält ihren Namen.`,
    unknownLead: (name: string, what: string) => `${name} soll ${what} leiten, was in den Dateien nicht vorkommt.`,
  },
}

const en: typeof de = {
  date: (date: string): string => date,
  none: 'none',
  first: 'stands in the file for the first time',
  asNew: 'confirmed as a new person',
  confirmed: 'confirmed as the same person',
  byHand: 'made by hand before, from this source from now on',
  knownHere: (id) => `has the id ${id} in this source`,
  field: {
    given: (before, after) => `given name ${after} instead of ${before}`,
    surname: (before, after) => `surname ${after} instead of ${before}`,
    birth: (before, after) => `birth date ${after} instead of ${before}`,
    role: (before, after) => `role ${after} instead of ${before}`,
    mail: (before, after) => `mail address ${after} instead of ${before}`,
    origin: (before, after) => `id in the source ${after} instead of ${before}`,
  },
  missing: 'is missing in the file',
  saidGone: 'the file says that this person has left',
  back: (state) => `stands in the file again, was ${states.en[state]}`,
  moved: (becomes) =>
    becomes === undefined ? 'now in another class' : `now in another class; the former one is called ${becomes} now`,
  again: (title, becomes) => `stays in ${title}; the former class is called ${becomes} now`,
  classless: 'the file names no class any more',
  altered: {
    swapped: (count) => `given name and surname look swapped in ${count} lines`,
    given: (count) => `${count} have another given name`,
    surname: (count) => `${count} have another surname`,
    birth: (count) => `${count} have another birth date`,
    role: (count) => `${count} have another role`,
    class: (count) => `${count} change class without the others of theirs`,
  },
  group: {
    new: 'stands in the file for the first time',
    successor: 'the file says what it becomes',
    id: 'the same id in the source, another name',
    asked: 'asked for',
    year: 'moves up with its classes',
    pupils: (moved, of) => `${moved} of ${of} pupils are there now`,
    ended: 'nobody belongs to it any more',
    displaced: (by) => `nobody belongs to it any more; its name goes to what was ${by}`,
    revived: 'stands in the file again',
  },
  likeness: {
    id: 'same name and birth date, but another id in the source',
    several: 'same name and birth date, and so it is of others',
    gone: 'same name; that person has left the school',
    role: 'same name and birth date (or id), but another role',
    reused: 'the same id in the source, but name and birth date of somebody else',
    hand: 'same name; the account was made by hand',
    spelling: 'the name in another spelling, same birth date',
    swapped: 'given name and surname swapped, same birth date',
    surname: 'another surname, same given name and birth date',
    given: 'another given name, same surname and birth date',
    letters: 'nearly the same name, same birth date',
    unborn: 'same name, one birth date is missing',
    birth: 'same name, nearly the same birth date',
    class: 'same name, another class, no birth date',
    mail: 'same name, another mail address',
  },
  remark: {
    excerpt: (held, known) => `The file holds ${held} of ${known} classes. Is it an excerpt?`,
    nobody: (role) => `The file names nobody with the role ${roles.en[role]}; who has it stays as they are.`,
    emptyClass: (title) => `Class ${title}: nobody belongs to it; it is not made.`,
    mails: (mails) => `Mail addresses of several people are not taken: ${mails.join(', ')}`,
    foreign: (count, source) =>
      `${count} people come from another source (${source}); only their groups are changed, and their id in this source is kept.`,
    goneUnknown: (count) => `${count} people have left by what the file says; they never had an account here.`,
    handKept: (count) => `${count} accounts were made by hand and are left alone.`,
    unused: (before, after) =>
      `The file says that ${before} becomes ${after}, but its pupils are not there; ${before} keeps its name.`,
    unknownLead: (name, what) => `${name} is to lead ${what}, which the files do not have.`,
  },
}

const states: Readonly<Record<Language, Readonly<Record<AccountState, string>>>> = {
  de: { active: 'aktiv', tolerated: 'geduldet', disabled: 'gesperrt', removed: 'entfernt' },
  en: { active: 'active', tolerated: 'tolerated', disabled: 'disabled', removed: 'removed' },
}

export const roles: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
  de: {
    pupil: 'Schüler/in',
    teacher: 'Lehrkraft',
    staff: 'Personal',
    parent: 'Elternteil',
    administrator: 'Administration',
    guest: 'Gast',
  },
  en: {
    pupil: 'pupil',
    teacher: 'teacher',
    staff: 'staff',
    parent: 'parent',
    administrator: 'administrator',
    guest: 'guest',
  },
}

export type Words = typeof de

export const wordsIn = (language: Language): Words => ({ de, en })[language]
