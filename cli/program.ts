import { nearest } from '../agent/model/nearest.ts'
import { BoxError, codes, exitStatus, isBoxError } from '../agent/errors.ts'
import type { AnyCommand, Context, Listing } from './command.ts'
import { isHelp } from './help.ts'
import { renderBlocks } from './output/blocks.ts'
import type { Reporter } from './output/progress.ts'
import type { Style } from './output/style.ts'

/** What the program writes to and works with; made by main.ts, or by a test. */
export interface Shell {
  readonly list: readonly Listing[]
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly outStyle: Style
  readonly errStyle: Style
  /** Ends when the user interrupts. */
  readonly signal: AbortSignal
  readonly reporter: () => Promise<Reporter>
  /** Called once, for a command that is about to run. */
  readonly context: (reporter: Reporter) => Promise<Context>
  readonly version: () => Promise<string>
}

/** Wider lines are hard to read; also where there is no terminal. */
const helpColumns = 100

/** Runs one command line that asks for a command (help.ts answers the others) and returns the exit status. Never throws: what goes wrong is shown. */
export async function runProgram(words: readonly string[], shell: Shell): Promise<number> {
  const [noun, verb, ...rest] = words
  const plain = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  const json = plain.includes('--json')
  try {
    if (noun === '--version') {
      shell.out(`iserv-ctl ${await shell.version()}\n`)
      return exitStatus.ok
    }
    const listing = shell.list.find((candidate) => candidate.noun === noun && candidate.verb === verb)
    if (listing === undefined) throw unknownWord(words, shell.list)
    const command = await listing.load()
    if (plain.some(isHelp)) {
      const { commandHelp } = await import('./reference.ts')
      const style = { ...shell.outStyle, columns: Math.min(helpColumns, shell.outStyle.columns) }
      shell.out(renderBlocks(commandHelp(listing, command), style))
      return exitStatus.ok
    }
    return await runCommand(command, await parseInput(listing, command, rest), json, shell)
  } catch (error) {
    return await showError(error, json, shell)
  }
}

async function runCommand(command: AnyCommand, input: unknown, json: boolean, shell: Shell): Promise<number> {
  const reporter = await shell.reporter()
  try {
    const result = await command.run(input, await shell.context(reporter))
    reporter.close()
    if (json) shell.out(`${JSON.stringify(result, null, 2)}\n`)
    else shell.out(renderBlocks(command.present(result), shell.outStyle))
    return command.status(result)
  } catch (error) {
    reporter.close()
    throw shell.signal.aborted ? interruption(error, reporter) : error
  }
}

/** Tells what is done, what is not, and how to go on. */
function interruption(error: unknown, reporter: Reporter): BoxError {
  const known = isBoxError(error, 'INTERRUPTED') ? error : undefined
  const { done, current } = reporter.story()
  const hint = known?.hint ?? 'Run the same command again to go on: what is done is not done twice.'
  if (current === undefined && done.length === 0) {
    return new BoxError('INTERRUPTED', known?.message ?? 'Interrupted', { hint })
  }
  const where = current === undefined ? 'Interrupted' : `Interrupted during "${current}"`
  const before = done.length === 0 ? 'nothing was finished before it' : `finished before it: ${done.join(', ')}`
  return new BoxError('INTERRUPTED', `${where}; ${before}`, { hint })
}

/** The only place where commander is used: it knows how words of a command line belong together. */
export async function parseInput(listing: Listing, command: AnyCommand, words: readonly string[]): Promise<unknown> {
  const [{ Command, Option }, { argumentsOf }, parse] = await Promise.all([
    import('commander'),
    import('./arguments.ts'),
    import('./parse.ts'),
  ])
  const known = argumentsOf(command)
  const tree = new Command('iserv-ctl').command(listing.noun).command(listing.verb).option('--json')
  for (const argument of known.filter(({ positional }) => !positional)) {
    const option = new Option(parse.flagsOf(argument))
    if (argument.kind === 'list') option.argParser(parse.collect)
    tree.addOption(option)
  }
  const { operands, unknown } = tree.parseOptions([...words])
  const typed = parse.sort(known, { options: tree.opts(), operands, unknown })
  const parsed = command.input.safeParse(typed.values)
  const problems = [
    ...typed.problems,
    ...(parsed.success ? [] : parse.issuesAsProblems(parsed.error.issues, known, typed)),
  ]
  if (problems.length > 0) throw parse.usageError(`${listing.noun} ${listing.verb}`, problems)
  return parsed.data
}

function unknownWord([noun = '', verb = '']: readonly string[], list: readonly Listing[]): BoxError {
  const all = list.map((listing) => `${listing.noun} ${listing.verb}`)
  const verbs = list.filter((listing) => listing.noun === noun).map((listing) => listing.verb)
  if (verbs.length > 0) {
    const near = nearest(verb, verbs)
    return new BoxError('USAGE', `"${noun} ${verb}" is no command; ${noun} knows: ${verbs.join(', ')}`, {
      hint: near === undefined ? `See iserv-ctl ${noun} --help` : `Did you mean iserv-ctl ${noun} ${near}?`,
    })
  }
  const nouns = [...new Set(list.map((listing) => listing.noun))]
  const near =
    nearest(`${noun} ${verb}`, all) ?? nearest(noun, nouns) ?? all.find((command) => command.endsWith(` ${noun}`))
  return new BoxError('USAGE', `"${noun}" is no command`, {
    hint: near === undefined ? 'See iserv-ctl --help' : `Did you mean iserv-ctl ${near}?`,
  })
}

async function showError(error: unknown, json: boolean, shell: Shell): Promise<number> {
  const { errorAsJson, renderError } = await import('./output/errors.ts')
  if (json) shell.out(`${JSON.stringify(errorAsJson(error), null, 2)}\n`)
  if (!json || !isBoxError(error)) shell.err(renderError(error, shell.errStyle))
  return isBoxError(error) ? exitStatus[codes[error.code]] : exitStatus.bug
}
