import type { Listing } from './command.ts'

/**
 * Help that needs no command to be loaded: `iserv-ctl --help` and `iserv-ctl NOUN --help`. Plain text of our own making:
 * every further module costs a millisecond of the thirty that Node itself takes.
 */

/** The same statuses as `exitStatus` in agent/errors.ts; a test compares them. */
export const exitStatusText = `Exit status: 0 done, 1 a bug, 2 wrong command line, 3 wrong file or value, 4 this machine lacks
something, 5 agent or service failed, 6 declined, 130 interrupted.`

/** The text for words that ask for the program or for one noun; undefined when they ask for anything else. */
export function overview([noun, verb]: readonly string[], list: readonly Listing[]): string | undefined {
  if (noun === undefined || isHelp(noun) || noun === 'help') return programHelp(list)
  const verbs = list.filter((listing) => listing.noun === noun)
  return verbs.length > 0 && (verb === undefined || isHelp(verb)) ? nounHelp(noun, verbs) : undefined
}

export function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

function programHelp(list: readonly Listing[]): string {
  return `Usage: iserv-ctl NOUN VERB …

Builds, starts and drives a school server.

${rows(list.map(({ noun, verb, summary }, index) => [list[index - 1]?.noun === noun ? '' : noun, verb, summary]))}
Every command knows --json (the result as JSON on standard output) and --help (options, an example,
the shape of the JSON). With --version alone: the version.

${exitStatusText}
`
}

function nounHelp(noun: string, verbs: readonly Listing[]): string {
  return `Usage: iserv-ctl ${noun} VERB …

${rows(verbs.map(({ verb, summary }) => [verb, summary]))}
See iserv-ctl ${noun} VERB --help for one of them.
`
}

/** Lines of columns; nouns, verbs and summaries are plain ASCII. */
function rows(cells: readonly (readonly string[])[]): string {
  const columns = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  return cells
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(columns[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
