import { z } from 'zod'

/** What /usr/libexec/iserv/directory-bulk says, line by line. */

const Hello = z.strictObject({ samba: z.string() })

const Done = z.strictObject({
  done: z.array(
    z.strictObject({
      n: z.int(),
      sid: z.string().optional(),
      guid: z.string().optional(),
      adopted: z.boolean().optional(),
      error: z.string().optional(),
      missing: z.boolean().optional(),
      lacking: z.string().optional(),
      /** It was not done, for a reason that nobody has foreseen: another way may manage. */
      stumbled: z.string().optional(),
      works: z.boolean().optional(),
      why: z.string().optional(),
    }),
  ),
})

const Answer = z.union([Hello, Done])
export type Answer = z.infer<typeof Answer>

/** Undefined for a line that is none of the program's answers: a warning of Samba's libraries. */
export function answerIn(line: string): Answer | undefined {
  return line.startsWith('{') ? Answer.parse(JSON.parse(line)) : undefined
}
