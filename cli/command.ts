import type { z } from 'zod'
import type { Agent } from '../agent/contract/agent.ts'
import type { Argv, System } from '../agent/system/system.ts'

/**
 * What a command is. Handlers return data; `present` turns data into blocks for a person; the printer in cli/output
 * is the only one that writes. Options, help, completion and the documented JSON shape come from the two schemas.
 */

/** Stages of something that takes longer than two seconds. */
export interface Progress {
  /** Begins a named stage; the one before is finished. */
  stage(name: string, detail?: string): void
  /**
   * How far the stage is, 0 to 1, and what it is at.
   * @param left the time left in words, from whoever knows better than a guess by the stage's own pace
   */
  update(fraction: number | undefined, detail?: string, left?: string): void
  /** Closes the current stage with its result: "312 packages", "cached". */
  done(result?: string): void
}

export interface Context {
  /** The machine the command runs on. */
  readonly system: System
  /** The agent of the box, over its socket; connects on first use. */
  readonly agent: Agent
  /** The box that commands mean: this machine, or the server of the lab on it where this machine is no box. */
  readonly box: () => Promise<BoxHere>
  readonly progress: Progress
  /** Ends when the user interrupts. */
  readonly signal: AbortSignal
  /** Absolute. */
  readonly folder: string
  /** Reads all of standard input, as UTF-8. */
  readonly stdin: () => Promise<string>
  /** The same in whatever encoding it comes. */
  readonly stdinBytes: () => Promise<Uint8Array>
  /** Asks for a password at the terminal, unseen; undefined where nobody sits there. */
  readonly secret: (question: string) => Promise<string | undefined>
  /** A line on standard error at once: a warning that must not wait for the result. */
  readonly warn: (line: string) => void
  /** Does the result go to a terminal? There a secret is read and forgotten; files and pipes keep it. */
  readonly terminal: boolean
  /** Hands the terminal to an interactive program (a shell); its exit status. */
  readonly interactive: (argv: Argv) => Promise<number>
}

/** The box that commands mean, beside its agent. */
export interface BoxHere {
  readonly system: System
  /** Hands the terminal to a program on the box; its exit status. */
  readonly interactive: (argv: Argv) => Promise<number>
}

export type Tone = 'plain' | 'good' | 'warning' | 'bad' | 'quiet'

/** A cell or line; the tone only adds colour, never meaning. */
export type Text = string | { readonly text: string; readonly tone: Tone }

export type Block =
  | { readonly kind: 'lines'; readonly lines: readonly Text[] }
  /**
   * Columns are as wide as their widest cell, columns without any text are left out. No head when `head` is absent;
   * the title stands right above. Without rows nothing is printed.
   */
  | {
      readonly kind: 'table'
      readonly title?: string
      readonly head?: readonly string[]
      readonly rows: readonly (readonly Text[])[]
    }
  /** Names on the left, values on the right. */
  | {
      readonly kind: 'fields'
      readonly title?: string
      readonly fields: readonly (readonly [name: string, value: Text])[]
    }
  /** Printed exactly as it is: an exported document, a script. */
  | { readonly kind: 'raw'; readonly text: string }

export interface Example {
  /** Without the leading `iserv-ctl`. */
  readonly line: string
  readonly tells: string
}

export interface Command<Input extends z.ZodObject, Output extends z.ZodType> {
  /** One or more paragraphs for `--help`: what it does, what it never does. */
  readonly description: string
  /**
   * One key for each argument and option, camelCase; options become `--kebab-case`. `.meta({ description, value })`
   * gives the help text and the placeholder. Booleans are flags, arrays repeat.
   */
  readonly input: Input
  /** Keys of `input` that are arguments instead of options, in order; only the last may be an array. */
  readonly positionals: readonly (keyof z.output<Input> & string)[]
  /** The shape of `--json`. */
  readonly output: Output
  /** At least one. */
  readonly examples: readonly [Example, ...Example[]]
  readonly run: (input: z.output<Input>, context: Context) => Promise<z.output<Output>>
  /** Pure. */
  readonly present: (output: z.output<Output>) => readonly Block[]
  /** Exit status by the result, for commands that judge (`state check`); default ok. Pure. */
  readonly status?: (output: z.output<Output>) => number
}

/** A command whose types are closed over, so that unlike commands fit in one list. */
export interface AnyCommand {
  readonly description: string
  readonly input: z.ZodObject
  readonly positionals: readonly string[]
  readonly output: z.ZodType
  readonly examples: readonly Example[]
  readonly run: (input: unknown, context: Context) => Promise<unknown>
  readonly present: (output: unknown) => readonly Block[]
  readonly status: (output: unknown) => number
}

/** Closes a command's types over. `run` gets parsed input; what it returns is checked against `output` in tests. */
export function defineCommand<Input extends z.ZodObject, Output extends z.ZodType>(
  command: Command<Input, Output>,
): AnyCommand {
  return {
    description: command.description,
    input: command.input,
    positionals: command.positionals,
    output: command.output,
    examples: command.examples,
    run: (input, context) => command.run(input as z.output<Input>, context),
    present: (output) => command.present(output as z.output<Output>),
    status: (output) => command.status?.(output as z.output<Output>) ?? 0,
  }
}

/** A line of the hand-written list of commands: enough for `iserv-ctl --help` without loading any of them. */
export interface Listing {
  readonly noun: string
  readonly verb: string
  /** One line, no full stop. */
  readonly summary: string
  readonly load: () => Promise<AnyCommand>
}
