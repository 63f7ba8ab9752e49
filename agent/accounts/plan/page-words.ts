import type { Guarded } from './guard.ts'
import type { Emptied } from '../../model/import-plan.ts'
import { type Language, roles } from './words.ts'

/** What the page of a plan says around the plan. */

const de = {
  title: 'Import: was geschehen wird',
  nothingYet: 'Noch ist nichts geändert.',
  made: (when: string) => `Erstellt am ${when} Uhr.`,
  source: 'Quelle',
  files: 'Dateien',
  people: (count: number) => (count === 1 ? '1 Person' : `${count} Personen`),
  summary: 'Zusammenfassung',
  what: 'Was',
  count: 'Anzahl',
  kinds: {
    new: 'neu',
    returning: 'wieder da',
    moved: 'Klassenwechsel',
    changed: 'geänderte Angaben',
    leaving: 'gehen',
    unchanged: 'unverändert',
  },
  groupKinds: {
    new: 'neue Gruppen',
    renamed: 'umbenannte Gruppen',
    ended: 'beendete Gruppen',
    revived: 'wieder belebte Gruppen',
  },
  memberships: 'Mitgliedschaften',
  look: 'Das muss jemand ansehen',
  nothingToSee: 'Keine offenen Fragen. Der Plan kann ausgeführt werden.',
  guard: ({ leaving, managed, whole, needed, emptied }: Guarded) =>
    `${leaving} von ${managed} Personen würden gehen${emptied.map((one) => `; ${one.class === null ? `mit der Rolle ${roles.de[one.role]}` : `aus der Klasse ${one.class}`} ${one.leaving} von ${one.of}`).join('')}. Das sind mehr als üblich. ${whole ? 'Ist die Datei vollständig?' : 'Die Datei führt jede davon als abgegangen. Stimmt das?'} Wenn ja: --allow-leaving ${needed}`,
  altered: (people: number, known: number) =>
    `${people} von ${known} bekannten Personen hätten danach einen anderen Namen, ein anderes Geburtsdatum, eine andere Rolle oder eine andere Klasse. Sind Spalten vertauscht oder um eine Zeile verrutscht? Wenn alles stimmt: --allow-changes ${people}`,
  proposals: 'Sind das dieselben Personen?',
  proposalsHow:
    'Zu jeder Zeile gehört eine Antwort, wenn der Plan neu erstellt wird: eine bekannte Person oder eine neue.',
  renames: 'Sind diese Klassen umbenannt worden?',
  renamesHow:
    'Eine umbenannte Klasse behält ihre Ordner und Mitglieder. Alle so übernehmen: --rename proposed; keine: --rename none.',
  inFile: 'In der Datei',
  known: 'Bekannt',
  answer: 'Antwort',
  orNew: 'oder',
  before: 'bisher',
  after: 'jetzt',
  pupils: 'Schüler/innen dort',
  remarks: 'Hinweise',
  warnings: 'Auffälligkeiten in den Dateien (englisch)',
  name: 'Name',
  birth: 'Geburtsdatum',
  login: 'Anmeldename',
  reason: 'Grund',
  from: 'von',
  to: 'nach',
  state: 'wird',
  states: { active: 'aktiv', tolerated: 'geduldet', disabled: 'gesperrt', removed: 'entfernt' },
  without: 'ohne Klasse',
  groups: 'Gruppen',
  group: 'Gruppe',
  change: 'Änderung',
  joining: 'kommen dazu',
  leaving: 'gehen heraus',
  contents: 'Inhalt',
  private: 'Diese Seite enthält personenbezogene Daten. Nach dem Import bitte löschen.',
}

const en: typeof de = {
  title: 'Import: what will happen',
  nothingYet: 'Nothing has been changed yet.',
  made: (when) => `Made on ${when}.`,
  source: 'Source',
  files: 'Files',
  people: (count) => (count === 1 ? '1 person' : `${count} people`),
  summary: 'Summary',
  what: 'What',
  count: 'Number',
  kinds: {
    new: 'new',
    returning: 'back again',
    moved: 'another class',
    changed: 'changed',
    leaving: 'leaving',
    unchanged: 'unchanged',
  },
  groupKinds: { new: 'new groups', renamed: 'renamed groups', ended: 'ended groups', revived: 'revived groups' },
  memberships: 'memberships',
  look: 'Somebody must look at this',
  nothingToSee: 'No open questions. The plan can be carried out.',
  guard: ({ leaving, managed, whole, needed, emptied }) =>
    `${leaving} of ${managed} people would leave${emptied.map((one) => `; ${emptiedWords(one)}`).join('')}. That is more than usual. ${whole ? 'Is the file complete?' : 'The file says of each that they have left. Is that right?'} If so: --allow-leaving ${needed}`,
  altered: (people, known) =>
    `${people} of ${known} known people would have another name, birth date, role or class. Are columns swapped, or has one slipped by a line? If all is right: --allow-changes ${people}`,
  proposals: 'Are these the same people?',
  proposalsHow: 'Each line needs an answer when the plan is made again: somebody known, or somebody new.',
  renames: 'Were these classes renamed?',
  renamesHow:
    'A renamed class keeps its folders and members. To take all of them: --rename proposed; none: --rename none.',
  inFile: 'In the file',
  known: 'Known',
  answer: 'Answer',
  orNew: 'or',
  before: 'before',
  after: 'now',
  pupils: 'pupils there',
  remarks: 'Remarks',
  warnings: 'What is odd in the files',
  name: 'Name',
  birth: 'Birth date',
  login: 'Login name',
  reason: 'Reason',
  from: 'from',
  to: 'to',
  state: 'becomes',
  states: { active: 'active', tolerated: 'tolerated', disabled: 'disabled', removed: 'removed' },
  without: 'without a class',
  groups: 'Groups',
  group: 'Group',
  change: 'Change',
  joining: 'join',
  leaving: 'leave',
  contents: 'Contents',
  private: 'This page holds personal data. Please delete it after the import.',
}

/** `19 of 20 teachers`, `25 of 25 of class 7c` */
export function emptiedWords({ role, class: title, leaving, of }: Emptied): string {
  return title === null ? `${leaving} of ${of} with the role ${role}` : `${leaving} of ${of} of class ${title}`
}

export type PageWords = typeof de

export const pageWords = (language: Language): PageWords => ({ de, en })[language]
