import type { Journal, LogLevel } from './system.ts'

/** Syslog's numbers, which systemd reads from `<N>` in front of a line of standard error. */
const priorities: Readonly<Record<LogLevel, number>> = { error: 3, warning: 4, info: 6, debug: 7 }

/** Lines for journald on standard error: the sentence, then its facts as `key=value`. */
export const journal: Journal = {
  write(level, message, fields = {}) {
    const facts = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
    // One line is one journal entry; a line break inside would forge a second one.
    const line = `${message}${facts.join('')}`.replaceAll(/[\r\n]+/g, ' ')
    process.stderr.write(`<${priorities[level]}>${line}\n`)
  },
}
