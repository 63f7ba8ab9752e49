import { writeSync } from 'node:fs'
import { inspect } from 'node:util'

/**
 * Loaded into every test process: what ends it outside of any test is written as comments into the tests' own output, which
 * is all that is kept where nobody watches.
 */

const say = (text: string): void => {
  for (const line of text.split('\n')) writeSync(1, `# ${line}\n`)
}

process.on('uncaughtExceptionMonitor', (error) => say(inspect(error)))
process.on('exit', (status) => {
  if (status === 13) say('It waited at its top level for something that can no longer come.')
})
