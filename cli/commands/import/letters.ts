import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import {
  importLetters,
  importLettersKept,
  type LettersReceipt,
  LettersTold,
} from '../../../agent/contract/import-letters.ts'
import { BoxError, exitStatus, isBoxError } from '../../../agent/errors.ts'
import { Login } from '../../../agent/model/person.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { type Block, type Context, defineCommand } from '../../command.ts'

const endings = {
  letters: 'letters.pdf',
  csv: 'letters.csv',
  lists: 'classes.pdf',
  'lists-csv': 'classes.csv',
} as const

const Output = LettersTold.extend({
  file: z.string().meta({ description: 'Where it was written; only its owner can read it.' }),
})
type Output = z.infer<typeof Output>

export const importLettersCommand = defineCommand({
  description:
    'Writes letters with first passwords, to be cut and handed out, in the order of classes; or a table for form letters, or lists of\n' +
    'classes without passwords. A first password is told once: whose letter is in the file is left out the next time, unless --new-passwords gives\n' +
    'another; when the writing is interrupted, the same come again. The file can be read by its owner only; delete it once it is printed. One that is there already is never replaced.',
  input: z.strictObject({
    class: z
      .array(Line.min(1))
      .default([])
      .meta({ description: 'Only this class. Default: everybody.', value: 'CLASS' }),
    person: z.array(Login).default([]).meta({ description: 'Only this person.', value: 'LOGIN' }),
    kind: z.enum(['letters', 'csv', 'lists', 'lists-csv']).default('letters').meta({
      description: 'letters; csv: a table for form letters; lists, lists-csv: classes without passwords.',
      value: 'KIND',
    }),
    layout: z
      .enum(['strip', 'page'])
      .default('strip')
      .meta({ description: 'strip: ten on a page to cut apart; page: one each.', value: 'LAYOUT' }),
    newPasswords: z.boolean().default(false).meta({
      description: 'Who has no first password left gets a new one, which ends the one in use.',
    }),
    out: z.string().min(1).exactOptional().meta({
      description: 'Where it goes. Default: letters.pdf, letters.csv, classes.pdf, classes.csv.',
      value: 'FILE',
    }),
  }),
  positionals: [],
  output: Output,
  examples: [
    { line: 'import letters', tells: 'Everybody whose first password nobody has seen.' },
    { line: 'import letters --class 5a --class 5b --layout page --out 5.pdf', tells: 'Two classes, a page each.' },
    { line: 'import letters --kind lists --out lists.pdf', tells: 'Lists to sign, without passwords.' },
    { line: 'import letters --person elif.yildiz --new-passwords', tells: 'The letter was lost.' },
  ],
  async run({ class: classes, person: logins, kind, layout, newPasswords, out = endings[kind] }, context) {
    const { files } = context.system
    const file = resolve(context.folder, out)
    // It may hold the only copy of passwords that were told.
    if ((await files.stat(file)) !== undefined) {
      throw new BoxError('FILE_EXISTS', `There is a file ${out} already`, {
        hint: 'Print it and delete it first, or name another one: --out FILE.',
      })
    }
    // New passwords end those in use: first it must be sure that the file can be written.
    const part = `${file}.part`
    await files.write(part, '', 0o600)
    try {
      const { content, receipt, ...told } = await context.agent.call(importLetters, {
        classes,
        logins,
        kind,
        layout,
        newPasswords,
      })
      if (told.people > 0) {
        await files.write(part, Buffer.from(content, 'base64'), 0o600)
        await files.rename(part, file)
        await files.sync(dirname(file))
        // Only now: whoever is interrupted before may ask for the same again.
        if (receipt.length > 0) await keep(receipt, out, context)
      }
      return { ...told, file: out }
    } finally {
      await files.remove(part)
    }
  },
  present: (output) => [
    { kind: 'lines', lines: [headline(output)] },
    {
      kind: 'table',
      rows: output.classes.map(({ title, people }) => [title === '' ? 'without a class' : title, String(people)]),
    },
    ...left(output),
  ],
  status: ({ people }) => (people === 0 ? exitStatus.refused : exitStatus.ok),
})

async function keep(receipt: LettersReceipt, file: string, { agent }: Pick<Context, 'agent'>): Promise<void> {
  try {
    await agent.call(importLettersKept, { receipt })
  } catch (error) {
    if (!isBoxError(error)) throw error
    throw new BoxError(error.code, `The letters are in ${file}, but the server could not note that they are told`, {
      cause: error,
      hint: 'They are good. The next import letters brings the same passwords once more.',
    })
  }
}

function headline({ people, file }: Output): string {
  if (people === 0) return 'Nothing to print: nobody of them has a first password that was not told before'
  return `${people} ${people === 1 ? 'person' : 'people'} in ${file}. Delete the file once it is printed.`
}

function left({ printed, without }: Output): readonly Block[] {
  const lines = [
    ...(printed === 0 ? [] : [`${printed} left out: their first password was told before. A new one: --new-passwords`]),
    ...(without === 0 ? [] : [`${without} left out: they have no first password, or no account yet`]),
  ]
  return lines.length === 0 ? [] : [{ kind: 'lines', lines }]
}
