import { commands } from './commands/index.ts'
import { overview } from './help.ts'

// Set by the starter for our own modules; programs that we start have no business in that cache.
delete process.env['NODE_COMPILE_CACHE']

/** `iserv-ctl … | head` closes the pipe early; that is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const words = process.argv.slice(2)
const help = overview(words, commands)
if (help === undefined) {
  // Loaded only now: help is asked for most often and needs nothing of it.
  const { start } = await import('./process.ts')
  process.exitCode = await start(words, commands)
} else process.stdout.write(help)
