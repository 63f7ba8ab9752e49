import type { Role } from '../../model/person.ts'
import type { Field } from './record.ts'

/** How columns and roles are called in files, in letters and digits only. The first word found wins. */

export type Words = readonly (readonly [field: Field, ...words: string[]])[]

/** As headers are compared: `Interne ID-Nummer` is `interneidnummer`. */
export function wordOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

export const commonWords: Words = [
  ['id', 'importid', 'guid', 'uuid', 'interneid', 'interneidnummer', 'schülerid', 'schuelerid', 'personid', 'id'],
  ['given', 'vorname', 'rufname', 'vornamen', 'firstname', 'givenname', 'fn'],
  ['surname', 'nachname', 'familienname', 'zuname', 'lastname', 'familyname', 'surname', 'sn', 'name'],
  ['name', 'vollständigername', 'anzeigename', 'displayname', 'fullname', 'schüler', 'schülername', 'name'],
  ['birth', 'geburtsdatum', 'geburtstag', 'gebdatum', 'birthday', 'birthdate', 'dateofbirth', 'bday'],
  ['role', 'rolle', 'benutzertyp', 'role', 'usertype', 'personentyp'],
  [
    'class',
    'klasse',
    'klassen',
    'klasseinformation',
    'klassezusätzlicheinformationen',
    'klassenbezeichnung',
    'class',
    'classes',
    'classname',
  ],
  ['year', 'jahrgang', 'jahrgangsstufe', 'klassenstufe', 'stufe', 'grade', 'grades'],
  ['groups', 'gruppen', 'kurse', 'kursnamen', 'groups', 'courses'],
  ['leads', 'klassenleitung', 'klassenleitungin'],
  ['mail', 'email', 'emailadresse', 'mail', 'mailadresse', 'emailschule', 'emaildienstlich'],
  ['login', 'account', 'accountname', 'benutzername', 'login', 'username', 'samaccountname'],
  ['password', 'passwort', 'password', 'kennwort', 'initialpasswort', 'startpasswort'],
  ['children', 'kindid', 'kinderids', 'kind', 'kinder', 'childid', 'children'],
  ['state', 'status', 'schülerstatus'],
]

const roleWords: Readonly<Record<Role, readonly string[]>> = {
  pupil: [
    'schüler',
    'schülerin',
    'schülerinnen',
    'schülerinnenundschüler',
    'schueler',
    'sus',
    'student',
    'students',
    'pupil',
    'lern',
    'lernende',
    'lernender',
  ],
  teacher: [
    'lehrer',
    'lehrerin',
    'lehrkraft',
    'lehrkräfte',
    'lehrerinnen',
    'teacher',
    'teachers',
    'lehr',
    'faculty',
    'leit',
    'schulleitung',
  ],
  staff: [
    'mitarbeiter',
    'mitarbeiterin',
    'personal',
    'verwaltung',
    'sekretariat',
    'staff',
    'aide',
    'proctor',
    'schb',
    'nlehr',
    'orgadmin',
  ],
  parent: [
    'eltern',
    'elternteil',
    'erziehungsberechtigte',
    'erziehungsberechtigter',
    'sorgeberechtigte',
    'sorgber',
    'parent',
    'parents',
    'guardian',
    'relative',
    'legalguardian',
    'legalguardians',
  ],
  administrator: [
    'administrator',
    'administratorin',
    'admin',
    'sysadmin',
    'systemadministrator',
    'siteadministrator',
    'districtadministrator',
  ],
  guest: ['gast', 'gäste', 'extern', 'externe', 'guest', 'guests'],
}

const roleByWord = new Map<string, Role>(
  Object.entries(roleWords).flatMap(([role, words]) => words.map((word) => [word, role as Role])),
)

/** Undefined: nobody knows what is meant. */
export function roleOf(text: string): Role | undefined {
  return roleByWord.get(wordOf(text))
}
