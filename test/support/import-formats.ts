import type { Format } from '../../agent/accounts/read/format.ts'
import { formats } from '../../agent/accounts/read/formats.ts'
import { type Field, fields } from '../../agent/accounts/read/record.ts'

/** docs/import-formats.md: what is read of the files of other programs, made from the formats themselves. */
export function importFormats(): string {
  return `${head}${meanings()}\n${formats.map(section).join('\n')}`
}

const head = `# Files of people from other programs

Made from the formats themselves; \`UPDATE=1 node test/repo/published.test.ts\` writes it anew.

\`\`\`
iserv-ctl import read schueler.csv lehrer.csv
iserv-ctl import read export.zip --password-file -
iserv-ctl import read liste.csv --map 1=surname --map 2=given --map 3=class
\`\`\`

The first command says what a file was recognised as, what is in it and everything that is wrong with it, with line and
column. It needs no box and changes nothing. Files that make sense together only (a OneRoster set, Untis, SchILD's interface)
are given together; a ZIP is opened, also with a password.

* **Recognised by what is in them**, not by their names (but where a file says nothing of itself: linuxmuster, Untis).
  \`--format\` says it where that fails.
* **Encodings:** UTF-8 with and without its mark, UTF-16 of both orders, Windows-1252, ISO-8859-15, and by the words in it that of
  the Macintosh and of MS-DOS (code page 850). Text that was once read in the wrong one (\`MÃ¼ller\`) is an error, with the name
  that was meant, and so is a name with a sign that stands in none (\`Gro§\`).
* **Tables:** \`;\` \`,\` tabs or \`|\` between columns, whichever the lines have equally often; quotes as in RFC 4180 (none
  between \`|\`), any line ends, lines that begin with \`#\` skipped, up to four lines above the header. A row with more
  cells than the header, or fewer than are read, and a quote left over that takes in other columns, are errors. A name of a
  column that is nearly one we know is told.
* **Dates:** \`31.03.2014\`, \`31.3.2014\`, \`2014-03-31\`, \`20140331\`, \`31. März 2014\`. Two-digit years and \`03/04/2014\` are
  errors: they can be read in two ways.
* **Rows with an error are left out, and a file with an error is not imported:** who is missing would look like one who leaves.
  A mail address or a wished login name that is none is left out with a warning.
* **What is named and not there** (members, classes, children of parents) and a status in a word that nobody knows are told.
* **Who people are** the file tells, else \`--role\`; where all files tell it and say something else, it is refused.
* **Full lists and parts:** most files tell who there is; who is missing is leaving. Files that tell changes only are named
  below: nobody leaves by being missing there.
* **Limits:** 16 MiB and 200,000 lines a file, 50,000 people; a ZIP has at most 200 files and grows to 64 MiB or 200 times its
  size. XML with a DOCTYPE is refused.
* **Administrators are made by hand:** whoever is one in a file becomes staff.

`

const tells: Readonly<Record<Field, string>> = {
  id: 'id in the source, which never changes: by it somebody is known again',
  given: 'given name',
  surname: 'surname',
  name: 'both: `Müller, Jürgen` or `Jürgen Müller`',
  birth: 'date of birth',
  role: 'pupil, teacher, staff, parent or guest, in German or English',
  class: 'class; of teachers several, apart by comma',
  year: 'year group',
  groups: 'courses and other groups, apart by semicolon or comma',
  leads: 'classes and groups that somebody leads',
  mail: 'mail address',
  login: 'wished login name, for accounts that are new',
  password: 'wished first password, for accounts that are new',
  children: 'ids of the children of a parent',
  state: 'whether somebody has left; only in formats that say how',
}

function meanings(): string {
  const rows = fields.map((field) => `| \`${field}\` | ${tells[field]} |\n`)
  return `## What a column can mean

For \`--map COLUMN=FIELD\`, with the name of a column or its number from 1, and for \`--mapping FILE\`, a YAML file with one line
\`Column: field\` for each. \`ignore\` leaves a column out.

| field | |
| --- | --- |
${rows.join('')}`
}

function section({ name, title, about, reads }: Format): string {
  const rows = reads.map(([field, from]) => `| ${field} | ${from.replaceAll('|', String.raw`\|`)} |\n`)
  return `## ${title}

\`--format ${name}\`. ${about}

| | read from |
| --- | --- |
${rows.join('')}`
}
