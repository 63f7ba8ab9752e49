import { samplesOfStates } from './people-samples-states.ts'

/** Small files of every kind that is read, as the programs write them. The people are invented. */

export interface Sample {
  readonly format: string
  readonly file: string
  readonly text: string
  readonly encoding?: 'UTF-8' | 'UTF-8 with a mark' | 'UTF-16LE' | 'Windows-1252'
  /** Each person in one line: role, id, given, surname, birth, classes, groups, leads, what else. */
  readonly people: readonly string[]
  /** Kind, title and successor of groups that the file describes. */
  readonly groups?: readonly string[]
  /** Said when the file itself does not tell. */
  readonly role?: 'pupil' | 'teacher'
}

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('')

export const samples: readonly Sample[] = [
  {
    format: 'schild',
    file: 'schueler.csv',
    encoding: 'Windows-1252',
    text: lines(
      'Interne ID-Nummer;Nachname;Vorname;Klasse;Klassenlehrer;Geburtsdatum;Geschlecht;Status;E-Mail (privat);E-Mail (Schule);Straße;Externe ID-Nummer',
      '4711;Müller;Jürgen;05A;WEER;31.03.2015;m;2;m@example.org;j.mueller@schule.example;Ahornweg 3;E-1',
      '4712;Yıldız-Groß;"Ayşe; Elif";05B;;1.4.2015;w;Aktiv;;;;'.replaceAll('ı', 'i').replaceAll('ş', 's'),
      '4713;van der Berg;Anouk;10C;;02.12.2009;w;9;;;;',
      '4714;Neu;Nils;05A;;02.12.2015;m;1;;;;',
    ),
    people: [
      'pupil 4711 Jürgen Müller 2015-03-31 05A j.mueller@schule.example',
      'pupil 4712 Ayse; Elif Yildiz-Groß 2015-04-01 05B',
      'pupil 4713 Anouk van der Berg 2009-12-02 10C left',
    ],
  },
  {
    format: 'schild',
    file: 'lehrer.txt',
    encoding: 'UTF-16LE',
    text: lines(
      'Vorname;Nachname;E-Mail (Dienstlich);eindeutige Nummer (GUID)',
      'Łukasz;Wójcik;l.wojcik@schule.example;{2F1A-77}',
    ),
    people: ['teacher {2F1A-77} Łukasz Wójcik l.wojcik@schule.example'],
  },
  {
    format: 'schild-dat',
    file: 'SchuelerBasisdaten.dat',
    encoding: 'Windows-1252',
    text: lines(
      `Nachname|Vorname|Geburtsdatum|Geschlecht|Status|PLZ|Ort|Straße|Aussiedler|1. Staatsang.|Konfession|StatistikKrz Konfession|Aufnahmedatum|Abmeldedatum Religionsunterricht|Anmeldedatum Religionsunterricht|Schulpflicht erf.|Reform-Pädagogik|Nr. Stammschule|Jahr|Abschnitt|Jahrgang|Klasse|Schulgliederung`,
      `Öztürk|Can "Jo"|21.4.2012|m|2|54321|Köln|Am Markt 1|N|000|ER|ER|01.08.2022||||*||2026|1|09|09A|***`,
      `Nguyễn|An|01.09.2012|w|8|54321|Köln|Am Markt 2|N|000|||01.08.2022||||*||2026|1|09|09A|***`.replace('ễ', 'e'),
    ),
    people: ['pupil - Can "Jo" Öztürk 2012-04-21 09A year 09', 'pupil - An Nguyen 2012-09-01 09A year 09 left'],
  },
  {
    format: 'schild-dat',
    file: 'SchuelerErzieher.dat',
    encoding: 'Windows-1252',
    text: lines(
      'Nachname|Vorname|Geburtsdatum|Erzieherart|Anrede 1.Person|Titel 1.Person|Nachname 1.Person|Vorname 1.Person|Anrede 2.Person|Titel 2.Person|Nachname 2.Person|Vorname 2.Person|Straße|PLZ|Ort|Ortsteil|E-Mail 1. Person|Anschreiben|E-Mail 2. Person',
      'Öztürk|Can|21.4.2012|Eltern|Frau|Dr.|Öztürk|Ayse|Herr||Groß|Jürgen|Am Markt 1|54321|Köln||a@example.org|J|',
      'Öztürk|Ali|1.2.2015|Eltern|Frau|Dr.|Öztürk|Ayse|Herr||Groß|Jürgen|Am Markt 1|54321|Köln||a@example.org|J|',
      'Kunz|Eva|3.4.2014|Vater|Herr||Groß|Jürgen|||||Am Ring 9|54321|Köln|||J|',
      'Kahl|Udo|3.4.2007|Schüler ist volljährig|Herr||Kahl|Udo|||||Am Ring 9|54321|Köln|||J|',
    ),
    people: [
      'parent - Ayse Öztürk children Öztürk, Can, 2012-04-21+Öztürk, Ali, 2015-02-01 a@example.org',
      'parent - Jürgen Groß children Öztürk, Can, 2012-04-21+Öztürk, Ali, 2015-02-01',
      'parent - Jürgen Groß children Kunz, Eva, 2014-04-03',
    ],
  },
  {
    format: 'schild-dat',
    file: 'Klassen.dat',
    text: lines(
      'InternBez|StatistikBez|SonstigeBez|Jahrgang|Folgeklasse|Klassenlehrer|OrgForm|Klassenart|Gliederung|Fachklasse|Jahr|Abschnitt',
      '05A|05A|05A|05|06A|WEER|1|RK|***||2026|1',
      '10C|10C|10C|10||MÜ|1|RK|***||2026|1',
    ),
    people: [],
    groups: ['class 05A → 06A (WEER)', 'class 10C (MÜ)'],
  },
  {
    format: 'schild-dat',
    file: 'Lehrkraefte.dat',
    text: lines(
      'InternKrz|StatistikKrz|Anrede|Titel|Nachname|Vorname|Geschlecht|Geburtsdatum|Staatsang|PLZ|Ort|Straße|Tel. Festnetz|Tel. mobil|E-Mail|Rechtsverhältnis',
      'WEER|WE1|Frau|Dr.|Weber|Erika|w|6.8.1970|000|54321|Köln|Ring 7|||e.weber@schule.example|L',
    ),
    people: ['teacher WEER Erika Weber 1970-08-06 e.weber@schule.example'],
  },
  {
    format: 'logineo',
    file: 'logineo.xml',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<enterprise xmlns="http://www.metaventis.com/ns/cockpit/sync/1.0">
 <properties><datasource>SCHILDNRW-2.0.32.8</datasource><target>LOGINEO-3.0.1.14</target><type>SYNC-1.0</type></properties>
 <person recstatus="1"><sourcedid><source>SchILD</source><id>ID-123456-3524</id></sourcedid>
  <name><fn>Zoë Šimić</fn><n><family>Šimić</family><given>Zoë</given></n></name>
  <demographics><bday>2004-04-28</bday></demographics><email/>
  <systemrole systemroletype="User"/><institutionrole institutionroletype="Student"/>
  <extension><x-schildnrw-person-state>2</x-schildnrw-person-state><x-schildnrw-grade>EF</x-schildnrw-grade></extension></person>
 <person recstatus="1"><sourcedid><source>SchILD</source><id>ID-123456-9</id></sourcedid>
  <name><n><family>Weber &amp; Söhne</family><given>Erika</given></n></name><demographics/><email>e.weber@schule.example</email>
  <institutionrole institutionroletype="faculty"/></person>
 <group><sourcedid><id>raum-klasse-07D-s</id></sourcedid><description><short>Klasse 07D - Schueler</short></description></group>
 <group><sourcedid><id>raum-klasse-07D-l</id></sourcedid><description><short>Klasse 07D - Lehrer</short></description></group>
 <group><sourcedid><id>raum-kurs-M1</id></sourcedid><description><short>Kurs M GK1 - Schueler</short></description></group>
 <group><sourcedid><id>raum-alle</id></sourcedid><description><short>Alle</short></description></group>
 <membership><sourcedid><id>raum-klasse-07D-s</id></sourcedid><member><sourcedid><id>ID-123456-3524</id></sourcedid></member></membership>
 <membership><sourcedid><id>raum-klasse-07D-l</id></sourcedid><member><sourcedid><id>ID-123456-9</id></sourcedid></member></membership>
 <membership><sourcedid><id>raum-kurs-M1</id></sourcedid><member><sourcedid><id>ID-123456-3524</id></sourcedid></member></membership>
</enterprise>
`,
    people: [
      'pupil ID-123456-3524 Zoë Šimić 2004-04-28 07D year EF course M GK1',
      'teacher ID-123456-9 Erika Weber & Söhne 07D e.weber@schule.example',
    ],
    groups: ['class 07D', 'course M GK1'],
  },
  {
    format: 'danis',
    file: 'danis.csv',
    encoding: 'Windows-1252',
    text: lines(
      '"SchuelerIdentNummer","SchuelerRufname","SchuelerNachname","GruppeBezeichung"',
      '"12345","Bjørn","Groß","9 b"',
    ),
    people: ['pupil 12345 Bjørn Groß 9 b'],
  },
  {
    format: 'asv',
    file: 'asv.csv',
    text: lines(
      'Klasse;Familienname;Vornamen;Geburtsdatum;Schueler-ID',
      '7a;Häberle;Karl-Heinz;10.11.2012;900',
      '_7x;Entwurf;Eva;10.11.2012;901',
      'Abgang 2025;Weg;Willi;10.11.2008;902',
    ),
    people: ['pupil 900 Karl-Heinz Häberle 2012-11-10 7a'],
  },
  ...samplesOfStates,
  {
    format: 'linuxmuster',
    file: 'students.csv',
    text: lines(
      '# Klasse;Nachname;Vorname;Geburtsdatum;ID',
      '7a;Müller;Jürgen;10.11.2012;81;',
      'attic;Alt;Anna;1.1.2008;82;',
    ),
    people: ['pupil 81 Jürgen Müller 2012-11-10 7a', 'pupil 82 Anna Alt 2008-01-01 attic left'],
  },
  {
    format: 'linuxmuster',
    file: 'west.teachers.csv',
    encoding: 'Windows-1252',
    text: lines('teachers;Muster;Eva;01.01.1970;muev;geheim;;;;', 'teachers;Öhler;Jörg;02.01.1970;;;;;;'),
    people: ['teacher - Eva Muster 1970-01-01 login muev password', 'teacher - Jörg Öhler 1970-01-02'],
  },
  {
    format: 'linuxmuster',
    file: 'extrastudents.csv',
    text: lines('gast;Smith;John;10.11.2010;smithjo;77;'),
    people: ['pupil 77 John Smith 2010-11-10 gast login smithjo'],
  },
  {
    format: 'ucs',
    file: 'ucs-1.csv',
    text: lines(
      '"Schulen","Vorname","Nachname","Klassen","Mailadresse","Telefonnumer"',
      '"Mitte","Dennis","Papst","1A,2B","dennis@schule.example","0123"',
    ),
    people: ['pupil - Dennis Papst 1A+2B dennis@schule.example'],
  },
  {
    format: 'ucs',
    file: 'ucs-2.csv',
    encoding: 'UTF-16LE',
    text: lines(
      '"Schulen"\t"Benutzertyp"\t"Vorname"\t"Nachname"\t"Klassen"\t"Beschreibung"\t"Telefon"\t"EMail"',
      '"Mitte"\t"Lehrer"\t"Ömer"\t"Çelik"\t"1A,1B"\t""\t""\t"o.celik@schule.example"',
      '"Mitte"\t"Schüler"\t"Đorđe"\t"Ђурић"\t"1A"\t""\t""\t""',
    ),
    people: ['teacher - Ömer Çelik 1A+1B o.celik@schule.example', 'pupil - Đorđe Ђурић 1A'],
  },
  {
    format: 'ucs-import-user',
    file: 'benutzer',
    text: lines(
      'A\tdennis\tPapst\tDennis\tMitte\t1A\t\tdennis@schule.example.com\t0\t1\t0',
      'D\tlehr1\tLampe\tLars\tMitte\t1A\t\t\t1\t1\t0',
    ),
    people: [
      'pupil dennis Dennis Papst 1A dennis@schule.example.com login dennis',
      'teacher lehr1 Lars Lampe 1A login lehr1 left',
    ],
  },
  {
    format: 'untis',
    file: 'GPU004.TXT',
    encoding: 'Windows-1252',
    text: lines(
      `"WEER","Wöber",,"17",,,,,,,,,,,,,,,,,,,,,,,,,"Erika",,1,,"e.weber@schule.example"`,
      `"?1","Neu",,,,,,,,,,,,,,,,,,,,,,,,,,,"",,,,`,
    ),
    people: ['teacher WEER Erika Wöber e.weber@schule.example'],
  },
  {
    format: 'untis',
    file: 'GPU003.TXT',
    text: lines('"05A","Klasse 5a",,"R101"', '"05B","",,"R102"'),
    people: [],
    groups: ['class 05A', 'class 05B'],
  },
  {
    format: 'untis',
    file: 'stundenplan.txt',
    text: lines('1,"05A","WEER","D","102",1,1,,', '2,"05A~05B","WEER","M","101",1,2,,'),
    people: [],
  },
  {
    format: 'nbc',
    file: 'nbc.csv',
    encoding: 'UTF-8 with a mark',
    text: lines('firstName,lastName,email,class,birthday', 'Mia,Tröger,Mia.Troeger@example.org,6b,05.06.2014'),
    people: ['pupil mia.troeger@example.org Mia Tröger 2014-06-05 6b mia.troeger@example.org'],
  },
  {
    format: 'nbc',
    file: 'nbc-2.csv',
    text: lines('FN,N,Mail,Classes,Geburtsdatum', 'Mia,Tröger,mia@example.org,6b,05.06.2014'),
    people: ['pupil mia@example.org Mia Tröger 2014-06-05 6b mia@example.org'],
  },
  {
    format: 'zentyal',
    file: 'zentyal.csv',
    text: lines(
      '# samAccountName;parentDN;givenName;sn;initials;displayName;description;mail;password;groups',
      'mtroe;OU=Schueler,OU=Users;Mia;Tröger;MT;Mia Tröger;;mia@example.org;geheim;ag-chor',
    ),
    people: ['pupil mtroe Mia Tröger course ag-chor mia@example.org login mtroe password'],
  },
  {
    format: 'iserv',
    file: 'iserv-start.csv',
    text: lines('Vorname,Nachname,Klasse,Passwort', 'Max Martin,Mustermann,6a,10.11.2001'),
    people: ['pupil - Max Martin Mustermann 6a password'],
  },
  {
    format: 'iserv',
    file: 'iserv-lehrer.csv',
    text: lines('Vorname,Nachname,Passwort', 'Erika,Weber,geheim'),
    role: 'teacher',
    people: ['teacher - Erika Weber password'],
  },
  {
    format: 'iserv',
    file: 'iserv-voll.csv',
    encoding: 'Windows-1252',
    text: lines(
      'Import-ID;Vorname;Nachname;Klasse/Information;Account;Passwort;Email;Geburtsdatum;Gruppen',
      '17;Lea;Brückner;8c;lea.brueckner;;;03.04.2012;"Kurs En 1;AG Handarbeit"',
    ),
    people: ['pupil 17 Lea Brückner 2012-04-03 8c course Kurs En 1 course AG Handarbeit login lea.brueckner'],
  },
  {
    format: 'iserv-parents',
    file: 'eltern.csv',
    text: lines(
      'Vorname;Nachname;Kind-ID;E-Mail;Strasse',
      'Ute;Brückner;17;ute@example.org;Ring 1',
      'Ute;Brückner;18;ute@example.org;Ring 1',
      'Ute;Brückner;99;andere@example.org;Ring 9',
    ),
    people: [
      'parent - Ute Brückner children 17+18 ute@example.org',
      'parent - Ute Brückner children 99 andere@example.org',
    ],
  },
  {
    format: 'iserv-users',
    file: 'benutzer.csv',
    text: lines(
      'Account;Vorname;Nachname;Status;Erstellt am;Erstellt von;UUID;Benutzertyp;Import-ID;Klasse/Information;E-Mail-Adresse;Gruppen',
      'lea.brueckner;Lea;Brückner;aktiv;01.08.2022;admin;aaaa-1;Schüler;17;8c;lea@schule.example;Klasse 8c',
      'e.weber;Erika;Weber;aktiv;01.08.2012;admin;aaaa-2;Lehrer;L7;;e.weber@schule.example;Lehrer',
    ),
    people: [
      'pupil 17 Lea Brückner 8c course Klasse 8c lea@schule.example login lea.brueckner',
      'teacher L7 Erika Weber course Lehrer e.weber@schule.example login e.weber',
    ],
  },
  {
    format: 'iserv-groups',
    file: 'gruppen.csv',
    encoding: 'UTF-8 with a mark',
    text: lines(
      'Gruppe;Nachname;Vorname;Account;Klasse/Information',
      'AG Chor;Brückner;Lea;lea.brueckner;8c',
      'AG Schach;Brückner;Lea;lea.brueckner;8c',
    ),
    people: ['pupil lea.brueckner Lea Brückner 8c course AG Chor course AG Schach login lea.brueckner'],
  },
  {
    format: 'oneroster',
    file: 'users.csv',
    text: lines(
      '"sourcedId","status","dateLastModified","enabledUser","orgSourcedIds","role","username","userIds","givenName","familyName","middleName","identifier","email","sms","phone","agentSourcedIds","grades","password","metadata.x"',
      '"u1","active","","true","s1","student","lea","","Lea","Brückner","","","lea@example.org","","","u3","08","","?"',
      '"u2","tobedeleted","","true","s1","teacher","eweb","","Erika","Weber","","","","","","","","",""',
      '"u3","active","","true","s1","guardian","ute","","Ute","Brückner","","","","","","","","",""',
      '"u4","active","","true","s1","administrator","adm","","Ada","Admin","","","","","","","","",""',
    ),
    people: [
      'pupil u1 Lea Brückner year 08 lea@example.org login lea',
      'teacher u2 Erika Weber login eweb left',
      'parent u3 Ute Brückner children u1 login ute',
      'staff u4 Ada Admin login adm',
    ],
  },
  {
    format: 'schulconnex',
    file: 'schulconnex.json',
    text: `{
  "personen": [
    { "id": "p1", "name": { "familienname": "Brückner", "vorname": "Lea Sophie", "rufname": "Lea" }, "geburt": { "datum": "2012-04-03" } },
    { "id": "p2", "name": { "familienname": "Weber", "vorname": "Erika" } }
  ],
  "personenkontexte": [
    { "id": "k1", "person": "p1", "rolle": "Lern", "personenstatus": "Aktiv", "jahrgangsstufe": "08" },
    { "id": "k2", "person": "p2", "rolle": "Lehr", "erreichbarkeiten": [{ "typ": "E-Mail", "kennung": "e.weber@schule.example" }] }
  ],
  "gruppen": [
    { "id": "g1", "bezeichnung": "8c", "typ": "Klasse" },
    { "id": "g2", "bezeichnung": "Chor", "typ": "Kurs" }
  ],
  "gruppenzugehoerigkeiten": [
    { "ktid": "k1", "gruppe": "g1", "rollen": ["Lern"] },
    { "ktid": "k1", "gruppe": "g2", "rollen": ["Lern"] },
    { "ktid": "k2", "gruppe": "g1", "rollen": ["KlLeit"] }
  ]
}
`,
    people: [
      'pupil p1 Lea Brückner 2012-04-03 8c year 08 course Chor',
      'teacher p2 Erika Weber 8c leads 8c e.weber@schule.example',
    ],
    groups: ['class 8c', 'course Chor'],
  },
  {
    format: 'schulconnex',
    file: 'personen-info.json',
    text: `[{ "pid": "x",
  "person": { "id": "p1", "name": { "familienname": "Brückner", "vorname": "Lea" } },
  "personenkontexte": [{ "id": "k1", "rolle": "Lern",
    "gruppen": [{ "gruppe": { "id": "g1", "bezeichnung": "8c", "typ": "Klasse" }, "gruppenzugehoerigkeit": { "rollen": ["Lern"] } }] }] }]
`,
    people: ['pupil p1 Lea Brückner 8c'],
    groups: ['class 8c'],
  },
]

export function bytesOf({ text, encoding = 'UTF-8' }: Pick<Sample, 'text' | 'encoding'>): Uint8Array {
  switch (encoding) {
    case 'UTF-8':
      return Buffer.from(text)
    case 'UTF-8 with a mark':
      return Buffer.from(`\uFEFF${text}`)
    case 'UTF-16LE':
      return Buffer.from(`\uFEFF${text}`, 'utf16le')
    case 'Windows-1252':
      return Buffer.from(text, 'latin1')
  }
}
