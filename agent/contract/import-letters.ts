import { z } from 'zod'
import { Login } from '../model/person.ts'
import { Line } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

/** Paper for the first lesson. Root only: it tells passwords. */

export const LettersTold = z.strictObject({
  people: z.int().meta({ description: 'Who is on paper.' }),
  classes: z.array(z.strictObject({ title: z.string(), people: z.int() })),
  printed: z.int().meta({ description: 'Left out: their first password was told before.' }),
  without: z.int().meta({ description: 'Left out: they have no first password, or no account yet.' }),
})

export const importLetters = defineOperation({
  name: 'import.letters',
  audience: ['root'],
  summary: 'Letters with first passwords, each told once, or lists of classes',
  request: z.strictObject({
    classes: z.array(Line).default([]).meta({ description: 'Titles; none: everybody.' }),
    logins: z.array(Login).default([]),
    kind: z.enum(['letters', 'csv', 'lists']).default('letters'),
    layout: z.enum(['strip', 'page']).default('strip'),
    newPasswords: z
      .boolean()
      .default(false)
      .meta({ description: 'Who has no first password that can be told gets a new one.' }),
  }),
  response: LettersTold.extend({ content: z.base64().meta({ description: 'The PDF or CSV.' }) }),
})
