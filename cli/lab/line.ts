import { z } from 'zod'

/** What travels over the serial line between a lab and its virtual machine, one JSON object a line. */

export const Request = z.strictObject({
  id: z.string(),
  /** Empty: only tell that you are there. */
  argv: z.array(z.string()),
  input: z.string(),
})
export type Request = z.infer<typeof Request>

export const Answer = z.strictObject({ id: z.string(), status: z.int(), stdout: z.string(), stderr: z.string() })
export type Answer = z.infer<typeof Answer>

/** A line as an object; undefined for the half of one that somebody left behind. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
