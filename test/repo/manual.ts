import { argumentsOf } from '../../cli/arguments.ts'
import type { AnyCommand, Listing } from '../../cli/command.ts'
import { fold } from '../../cli/output/width.ts'
import { bare, explain, jsonShape, optionLabel, paragraphs, usage } from '../../cli/reference.ts'

/** docs/commands.md: every command with its options, examples and JSON shape, made from the commands themselves. */
export function manual(commands: readonly { readonly listing: Listing; readonly command: AnyCommand }[]): string {
  return `${head}${commands.map(({ listing, command }) => section(listing, command)).join('\n')}`
}

const head = `# Commands

Made from the commands themselves; \`UPDATE=1 npm run test:unit\` writes it anew.

Every command is a noun and a verb. The result goes to standard output, progress and warnings to standard error.

* \`--json\`: the result as JSON, in the shape shown below and nothing else on standard output. A failure is one object
  \`{ "error": { "code", "message", "hint", "causes", "problems" } }\` in its place; the exit status is the same as
  without \`--json\`. The codes stand in [errors.md](errors.md).
* \`--help\`: the options, an example, the JSON shape.

| exit status | means |
| --- | --- |
| 0 | done |
| 1 | a bug: a stack trace is shown, please report it |
| 2 | the command line is wrong; nothing was done |
| 3 | a file or value was read and refused; nothing was changed |
| 4 | this machine lacks something: rights, space, network, a program |
| 5 | the agent or a service did not answer or failed |
| 6 | understood and declined |
| 130 | interrupted |

`

function section(listing: Listing, command: AnyCommand): string {
  const rows = argumentsOf(command).map((argument) => {
    const label = argument.positional ? argument.label : optionLabel(argument)
    return `| \`${escaped(label)}\` | ${escaped(explain(argument))} |\n`
  })
  const examples = command.examples.map(({ line, tells }) => `iserv-ctl ${line}    # ${bare(tells)}\n`)
  return `## ${listing.noun} ${listing.verb}

${listing.summary}.

\`\`\`
${usage(listing, command)}
\`\`\`

${described(command.description)}

${rows.length === 0 ? '' : `| argument or option | |\n| --- | --- |\n${rows.join('')}\n`}\`\`\`
${examples.join('')}\`\`\`

With \`--json\`:

\`\`\`
${jsonShape(command.output)}
\`\`\`
`
}

/** A bar would end the cell of a table, also within code. */
function escaped(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}

/** Indented lines are code. */
function described(description: string): string {
  return fold(paragraphs(description), 120)
    .map((line) => (line.startsWith('  ') ? `\n      ${line.trim()}` : line))
    .join('\n')
}
