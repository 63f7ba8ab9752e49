import { z } from 'zod'

export const LogEntry = z
  .strictObject({
    at: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    level: z.enum(['error', 'warning', 'info', 'debug']),
    message: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'LogEntry' })
export type LogEntry = z.infer<typeof LogEntry>

/** The few fields of journald's own JSON that count here; MESSAGE is a list of bytes when it is no proper text. */
const JournalLine = z.object({
  __REALTIME_TIMESTAMP: z.coerce.number(),
  PRIORITY: z.coerce.number().default(6),
  MESSAGE: z.string(),
})

/** Pure: a line of `journalctl --output=json`, with the facts that the agent puts behind its sentence. */
export function entryOf(line: string): LogEntry | undefined {
  const parsed = JournalLine.safeParse(JSON.parse(line))
  if (!parsed.success) return undefined
  const { __REALTIME_TIMESTAMP: microseconds, PRIORITY: priority, MESSAGE: text } = parsed.data
  const fields: Record<string, string | number> = {}
  const message = text.replaceAll(
    / ([a-z]+)=("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)(?=$| [a-z]+=)/g,
    (all, key: string, value: string) => {
      fields[key] = JSON.parse(value) as string | number
      return ''
    },
  )
  return { at: Math.floor(microseconds / 1000), level: levelOf(priority), message, fields }
}

function levelOf(priority: number): LogEntry['level'] {
  if (priority <= 3) return 'error'
  return priority === 4 ? 'warning' : priority === 7 ? 'debug' : 'info'
}
