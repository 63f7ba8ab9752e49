import { z } from 'zod'
import { Login, PersonId } from '../model/person.ts'
import { Line } from '../model/scalars.ts'
import { defineOperation, wholeSchool } from './operation.ts'

/** Paper for the first lesson. Root only: it tells passwords. */

export const LettersTold = z.strictObject({
  people: z.int().meta({ description: 'Who is on paper.' }),
  classes: z.array(z.strictObject({ title: z.string(), people: z.int() })),
  printed: z.int().meta({ description: 'Left out: their first password was told before.' }),
  without: z.int().meta({ description: 'Left out: they have no first password, or no account yet.' }),
})

/** Which passwords a file holds: whoever has put it away safely hands this back. It opens nothing. */
export const LettersReceipt = z
  .array(z.strictObject({ person: PersonId, made: z.int().meta({ description: 'When the password was made.' }) }))
  .meta({ id: 'LettersReceipt' })
export type LettersReceipt = z.infer<typeof LettersReceipt>

export const importLetters = defineOperation({
  name: 'import.letters',
  audience: ['root'],
  summary: 'Letters with first passwords that nobody has been told yet, or lists of classes',
  request: z.strictObject({
    classes: z.array(Line).default([]).meta({ description: 'Titles; none: everybody.' }),
    logins: z.array(Login).default([]),
    kind: z.enum(['letters', 'csv', 'lists', 'lists-csv']).default('letters'),
    layout: z.enum(['strip', 'page']).default('strip'),
    newPasswords: z
      .boolean()
      .default(false)
      .meta({ description: 'Who has no first password that can be told gets a new one.' }),
  }),
  response: LettersTold.extend({
    content: z.base64().meta({ description: 'The PDF or CSV.' }),
    receipt: LettersReceipt.meta({
      description: 'For import.kept. Until then the same can be asked for again.',
    }),
  }),
})

export const importLettersKept = defineOperation({
  name: 'import.kept',
  audience: ['root'],
  summary: 'The letters lie safely in a file: their passwords count as told, and are told no more',
  largest: wholeSchool,
  request: z.strictObject({ receipt: LettersReceipt }),
  response: z.strictObject({}),
})
