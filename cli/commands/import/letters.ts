import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { importLetters, LettersTold } from '../../../agent/contract/import-letters.ts'
import { BoxError, exitStatus, isBoxError } from '../../../agent/errors.ts'
import { Login } from '../../../agent/model/person.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { type Block, defineCommand } from '../../command.ts'

const endings = { letters: 'letters.pdf', csv: 'letters.csv', lists: 'classes.pdf' } as const

const Output = LettersTold.extend({
  file: z.string().meta({ description: 'Where it was written; only its owner can read it.' }),
})
type Output = z.infer<typeof Output>

export const importLettersCommand = defineCommand({
  description:
    'Writes letters with first passwords, to be cut and handed out, in the order of classes; or a table for form letters, or lists of\n' +
    'classes without passwords. A first password is told once: who got one on paper is left out the next time, unless --new-passwords gives\n' +
    'another. The file can be read by its owner only; delete it once it is printed. One that is there already is never replaced.',
  input: z.strictObject({
    class: z
      .array(Line.min(1))
      .default([])
      .meta({ description: 'Only this class. Default: everybody.', value: 'CLASS' }),
    person: z.array(Login).default([]).meta({ description: 'Only this person.', value: 'LOGIN' }),
    kind: z.enum(['letters', 'csv', 'lists']).default('letters').meta({
      description: 'letters; csv: a table for form letters; lists: classes without passwords.',
      value: 'KIND',
    }),
    layout: z
      .enum(['strip', 'page'])
      .default('strip')
      .meta({ description: 'strip: ten on a page to cut apart; page: one each.', value: 'LAYOUT' }),
    newPasswords: z.boolean().default(false).meta({
      description: 'Who has no first password left gets a new one, which ends the one in use.',
    }),
    out: z
      .string()
      .min(1)
      .exactOptional()
      .meta({ description: 'Where it goes. Default: letters.pdf, letters.csv, classes.pdf.', value: 'FILE' }),
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
    // A password that was told cannot be told again: first it must be sure that the file can be written.
    const part = `${file}.part`
    await files.write(part, '', 0o600)
    try {
      const { content, ...told } = await context.agent.call(importLetters, {
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
      }
      return { ...told, file: out }
    } catch (error) {
      throw isBoxError(error, 'DISK_FULL', 'FILE_UNWRITABLE') ? lost(error) : error
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

function lost(error: BoxError): BoxError {
  return new BoxError(error.code, error.message, {
    cause: error,
    hint: 'The passwords count as told. Make room, then: --new-passwords with --class or --person.',
  })
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
