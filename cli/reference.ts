import { z } from 'zod'
import { type Argument, argumentsOf } from './arguments.ts'
import type { AnyCommand, Block, Listing } from './command.ts'
import { exitStatusText } from './help.ts'

/** Help of one command, made from its two schemas; docs/commands.md is made from the same pieces. */
export function commandHelp(listing: Listing, command: AnyCommand): readonly Block[] {
  const known = argumentsOf(command)
  const named = known.filter(({ positional }) => !positional)
  const unnamed = known.filter(({ positional }) => positional)
  return [
    { kind: 'lines', lines: [`Usage: ${usage(listing, command)}`, '', ...paragraphs(command.description).split('\n')] },
    table(
      'Arguments',
      unnamed.map((argument) => [argument.label, explain(argument)]),
    ),
    table('Options', [
      ...named.map((argument) => [optionLabel(argument), explain(argument)] as const),
      ['--json', 'The result as JSON on standard output'],
      ['--help', 'This help'],
    ]),
    table(
      'Examples',
      command.examples.map(({ line, tells }) => [`iserv-ctl ${line}`, bare(tells)]),
    ),
    table(
      'JSON',
      jsonShape(command.output)
        .split('\n')
        .map((line) => [line]),
    ),
    { kind: 'lines', lines: exitStatusText.split('\n') },
  ]
}

function table(title: string, rows: readonly (readonly string[])[]): Block {
  return { kind: 'table', title, rows }
}

/** A description without the line ends that only its source has: empty lines and indented lines stay. */
export function paragraphs(description: string): string {
  return description.replaceAll(/(?<=\S)\n(?=\S)/g, ' ')
}

/** `iserv-ctl room lock ROOM [--for TIME]` */
export function usage({ noun, verb }: Pick<Listing, 'noun' | 'verb'>, command: AnyCommand): string {
  const words = argumentsOf(command)
    .toSorted((a, b) => rank(a, command) - rank(b, command))
    .map((argument) => {
      const word = argument.positional ? argument.label : optionLabel(argument)
      const repeated = argument.kind === 'list' ? `${word}…` : word
      return argument.required ? repeated : `[${repeated}]`
    })
  return ['iserv-ctl', noun, verb, ...words].join(' ')
}

/** Arguments without a name come first, in their own order. */
function rank({ key, positional }: Argument, { positionals }: AnyCommand): number {
  return positional ? positionals.indexOf(key) : positionals.length
}

export function optionLabel({ label, kind, value }: Argument): string {
  return kind === 'flag' || kind === 'off' ? label : `${label} ${value}`
}

/** Description with what may be given and what is taken when nothing is given. */
export function explain({ description, choices, fallback, kind, positional, required }: Argument): string {
  const notes = [
    choices.length > 0 ? choices.join(', ') : '',
    fallback === undefined ? '' : `default ${fallback}`,
    kind === 'list' ? 'may be repeated' : '',
    required && !positional ? 'required' : '',
  ].filter((note) => note !== '')
  const told = bare(description)
  return notes.length === 0 ? told : `${told} (${notes.join('; ')})`.trim()
}

/** Without the closing full stop: entries of a list have none. */
export function bare(text: string): string {
  return text.replace(/(?<!\.)\.$/, '')
}

interface JsonShape {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly items?: JsonShape
  readonly properties?: Readonly<Record<string, JsonShape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonShape | boolean
  readonly anyOf?: readonly JsonShape[]
  readonly oneOf?: readonly JsonShape[]
  readonly $defs?: Readonly<Record<string, JsonShape>>
}

/** The shape of a command's JSON in a short notation: `{ room: string, until?: integer | null }`. */
export function jsonShape(output: z.ZodType): string {
  const schema = z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }) as JsonShape
  const write = (shape: JsonShape, depth: string, within: readonly string[]): string => {
    const name = shape.$ref?.replace('#/$defs/', '')
    if (name !== undefined) {
      const target = schema.$defs?.[name]
      return target === undefined || within.includes(name)
        ? name === '#'
          ? '…'
          : name
        : write(target, depth, [...within, name])
    }
    const choices = shape.anyOf ?? shape.oneOf
    if (choices !== undefined) return choices.map((choice) => write(choice, depth, within)).join(' | ')
    if (shape.const !== undefined) return JSON.stringify(shape.const)
    if (shape.enum !== undefined) return shape.enum.map((value) => JSON.stringify(value)).join(' | ')
    if (shape.items !== undefined) {
      const item = write(shape.items, depth, within)
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`
    }
    if (shape.properties !== undefined) {
      const fields = Object.entries(shape.properties).map(([key, field]) => {
        const optional = (shape.required?.includes(key) ?? false) ? '' : '?'
        return `${key}${optional}: ${write(field, `${depth}  `, within)}`
      })
      const short = `{ ${fields.join(', ')} }`
      if (fields.length === 0) return '{}'
      if (!short.includes('\n') && depth.length + short.length <= 90) return short
      return `{\n${fields.map((field) => `${depth}  ${field}`).join('\n')}\n${depth}}`
    }
    if (typeof shape.additionalProperties === 'object') {
      return `{ [name]: ${write(shape.additionalProperties, depth, within)} }`
    }
    return [shape.type ?? 'any'].flat().join(' | ')
  }
  return write(schema, '', [])
}
