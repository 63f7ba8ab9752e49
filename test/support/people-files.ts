import type { People, Somebody } from './people.ts'

/** The generated school as the programs of school offices write it. Text; whoever tests encodings encodes it. */

const german = (date: string | undefined): string => (date === undefined ? '' : date.split('-').toReversed().join('.'))
const pupilsOf = ({ people }: People): readonly Somebody[] => people.filter(({ role }) => role === 'pupil')
const teachersOf = ({ people }: People): readonly Somebody[] => people.filter(({ role }) => role === 'teacher')
const parentsOf = ({ people }: People): readonly Somebody[] => people.filter(({ role }) => role === 'parent')

function table(head: string, rows: readonly (readonly string[])[], separator = ';', end = '\r\n'): string {
  const cell = (text: string): string =>
    text.includes(separator) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text
  return [head, ...rows.map((row) => row.map(cell).join(separator))].filter((line) => line !== '').join(end) + end
}

/** SchILD-NRW, text export of the pupils, with the usual columns. */
export function schildPupils(school: People): string {
  return table(
    'Interne ID-Nummer;Nachname;Vorname;Klasse;Geburtsdatum;Geschlecht;Status;E-Mail (privat);Externe ID-Nummer',
    pupilsOf(school).map(({ id, given, surname, birth, classes: [title = ''], mail = '' }) => [
      id,
      surname,
      given,
      title,
      german(birth),
      '',
      '2',
      mail,
      '',
    ]),
  )
}

/** SchILD-NRW, text export of the teachers. */
export function schildTeachers(school: People): string {
  return table(
    'Vorname;Nachname;E-Mail (Dienstlich);eindeutige Nummer (GUID)',
    teachersOf(school).map(({ id, given, surname, mail = '' }) => [given, surname, mail, id]),
  )
}

/** SchILD-NRW, interface file of the classes: with what each becomes next year. */
export function schildClasses({ classes, people, year }: People): string {
  const leader = new Map(people.flatMap(({ id, leads }) => leads.map((title) => [title, id] as const)))
  return [
    'InternBez|StatistikBez|SonstigeBez|Jahrgang|Folgeklasse|Klassenlehrer|OrgForm|Klassenart|Gliederung|Fachklasse|Jahr|Abschnitt',
    ...classes.map(({ title, year: grade, successor = '' }) =>
      [title, title, title, grade, successor, leader.get(title) ?? '', '1', 'RK', '***', '', year, '1'].join('|'),
    ),
    '',
  ].join('\r\n')
}

const iservHead = 'Import-ID;Vorname;Nachname;Klasse/Information;Account;Passwort;Email;Geburtsdatum;Gruppen'
const iservRow = ({ id, given, surname, classes, mail = '', birth, courses, role }: Somebody): readonly string[] => [
  id,
  given,
  surname,
  role === 'pupil' ? (classes[0] ?? '') : '',
  '',
  '',
  mail,
  german(birth),
  courses.join(';'),
]

/** CSV for IServ with the full header. */
export function iservPupils(school: People): string {
  return table(iservHead, pupilsOf(school).map(iservRow))
}

export function iservTeachers(school: People): string {
  return table(iservHead, teachersOf(school).map(iservRow))
}

/** One row for each parent and child. */
export function iservParents(school: People): string {
  return table(
    'Vorname;Nachname;Kind-ID;E-Mail',
    parentsOf(school).flatMap(({ given, surname, mail = '', children }) =>
      children.map((child) => [given, surname, child, mail]),
    ),
  )
}

/** students.csv and teachers.csv of linuxmuster.net. */
export function linuxmusterStudents(school: People): string {
  return table(
    '',
    pupilsOf(school).map(({ id, given, surname, birth, classes: [title = ''] }) => [
      title,
      surname,
      given,
      german(birth),
      id,
      '',
      '',
    ]),
    ';',
    '\n',
  )
}

export function linuxmusterTeachers(school: People): string {
  return table(
    '',
    teachersOf(school).map(({ given, surname, birth }) => [
      'teachers',
      surname,
      given,
      german(birth),
      '',
      '',
      '',
      '',
      '',
      '',
    ]),
    ';',
    '\n',
  )
}

/** The files of a OneRoster 1.1 archive, by name; whoever needs the ZIP packs them. */
export function oneRoster(school: People): Readonly<Record<string, string>> {
  const { people, classes, courses, year } = school
  const comma = (head: string, rows: readonly (readonly string[])[]): string => table(head, rows, ',')
  const groups = new Map(
    [...classes.map(({ title }) => title), ...courses].map((title, index) => [title, `G${index + 1}`]),
  )
  const roles = { pupil: 'student', teacher: 'teacher', parent: 'parent' } as const
  const files = ['academicSessions', 'classes', 'courses', 'enrollments', 'orgs', 'users']
  return {
    'manifest.csv': comma('propertyName,value', [
      ['manifest.version', '1.0'],
      ['oneroster.version', '1.1'],
      ...files.map((file) => [`file.${file}`, 'bulk']),
    ]),
    'orgs.csv': comma('sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId', [
      ['S1', '', '', 'Gymnasium am Beispielweg', 'school', '', ''],
    ]),
    'academicSessions.csv': comma(
      'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
      [['T1', '', '', String(year), 'schoolYear', `${year}-08-01`, `${year + 1}-07-31`, '', String(year + 1)]],
    ),
    'courses.csv': comma(
      'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
      [['C1', '', '', 'T1', 'Unterricht', '', '', 'S1', '', '']],
    ),
    'classes.csv': comma(
      'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
      [...groups].map(([title, id]) => [
        id,
        '',
        '',
        title,
        '',
        'C1',
        '',
        courses.includes(title) ? 'scheduled' : 'homeroom',
        '',
        'S1',
        'T1',
        '',
        '',
        '',
      ]),
    ),
    'users.csv': comma(
      'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
      people.map(({ id, given, surname, role, mail = '', children }) => [
        id,
        '',
        '',
        'true',
        'S1',
        roles[role],
        '',
        '',
        given,
        surname,
        '',
        '',
        mail,
        '',
        '',
        children.join(','),
        '',
        '',
      ]),
    ),
    'enrollments.csv': comma(
      'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
      people.flatMap(({ id, role, classes: titles, courses: visited, leads }) =>
        [...titles, ...visited].map((title) => [
          `${id}-${groups.get(title)}`,
          '',
          '',
          groups.get(title) ?? '',
          'S1',
          id,
          roles[role],
          String(leads.includes(title)),
          '',
          '',
        ]),
      ),
    ),
  }
}
