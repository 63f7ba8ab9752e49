import { z } from 'zod'
import type { AnyCommand } from './command.ts'

/** One argument or option of a command, read off its input schema. */
export interface Argument {
  /** Key of the input: `allowLeaving`. */
  readonly key: string
  /** As typed: `--allow-leaving`, or `FILE` for an argument without a name. */
  readonly label: string
  readonly positional: boolean
  /** `off` is a flag that switches something off that is on by default: `--no-probe`. */
  readonly kind: 'flag' | 'off' | 'value' | 'list'
  /** Placeholder for the value: `TIME`. */
  readonly value: string
  readonly number: boolean
  readonly required: boolean
  readonly description: string
  /** As one would type it. */
  readonly fallback: string | undefined
  readonly choices: readonly string[]
}

/** The few words of JSON Schema that arguments are read from. */
interface Shape {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly $defs?: Readonly<Record<string, Shape>>
  /** From `.meta({ value })`. */
  readonly value?: string
}

/** All arguments of a command, in the order of its schema. */
export function argumentsOf(command: Pick<AnyCommand, 'input' | 'positionals'>): readonly Argument[] {
  const schema = z.toJSONSchema(command.input, { io: 'input', unrepresentable: 'any' }) as Shape
  const resolve = (shape: Shape): Shape => {
    const name = shape.$ref?.replace('#/$defs/', '')
    return name === undefined ? shape : { ...schema.$defs?.[name], ...shape }
  }
  return Object.entries(schema.properties ?? {}).map(([key, raw]) => {
    const shape = resolve(raw)
    const item = shape.items === undefined ? shape : resolve(shape.items)
    const positional = command.positionals.includes(key)
    const named = shape.value ?? item.value ?? (!positional && item.type === 'integer' ? 'n' : kebab(key))
    const value = /^[a-z-]+$/.test(named) ? named.toUpperCase() : named
    const kind =
      shape.type === 'array' ? 'list' : shape.type !== 'boolean' ? 'value' : shape.default === true ? 'off' : 'flag'
    return {
      key,
      label: positional ? value : `--${kind === 'off' ? 'no-' : ''}${kebab(key)}`,
      positional,
      kind,
      value,
      number: item.type === 'integer' || item.type === 'number',
      required: (schema.required?.includes(key) ?? false) && shape.default === undefined,
      description: shape.description ?? item.description ?? '',
      fallback: kind === 'flag' || kind === 'off' ? undefined : written(shape.default),
      choices: (item.enum ?? []).map(String),
    }
  })
}

function written(value: unknown): string | undefined {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
