import { z } from 'zod'
import { argumentsOf } from '../../arguments.ts'
import { type Completable, bashScript, fishScript, zshScript } from '../../completion.ts'
import { type AnyCommand, defineCommand } from '../../command.ts'

/** The three shells differ only in their script and in how it is switched on. */
function completionCommand(
  shell: string,
  switchOn: string,
  script: (list: readonly Completable[]) => string,
): AnyCommand {
  return defineCommand({
    description: `Prints a script that teaches ${shell} the nouns, verbs and options of iserv-ctl. Writes no file.`,
    input: z.strictObject({}),
    positionals: [],
    output: z.strictObject({ script: z.string().meta({ description: 'The script.' }) }),
    examples: [{ line: `completion ${shell}`, tells: `Switch it on with: ${switchOn}` }],
    async run() {
      // Imported here: the list names this file, so importing it above would be a cycle.
      const { commands } = await import('../index.ts')
      const list = await Promise.all(
        commands.map(async ({ noun, verb, summary, load }) => ({
          noun,
          verb,
          summary,
          arguments: argumentsOf(await load()),
        })),
      )
      return { script: script(list) }
    },
    present: (output) => [{ kind: 'raw', text: output.script }],
  })
}

export const completionBash = completionCommand('bash', 'source <(iserv-ctl completion bash)', bashScript)
export const completionZsh = completionCommand('zsh', 'source <(iserv-ctl completion zsh)', zshScript)
export const completionFish = completionCommand('fish', 'iserv-ctl completion fish | source', fishScript)
