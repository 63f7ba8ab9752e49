import { z } from 'zod'
import type { Path } from './document.ts'
import { SchoolState } from './state.ts'

/** The state's schema for others: editors, the reference page, and our own "Did you mean". */

/** The part of JSON Schema that our schemas use. */
export interface JsonSchema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly id?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly [keyword: string]: unknown
}

/** JSON Schema (draft 2020-12) of what a person may write as a whole. */
export function stateJsonSchema(): JsonSchema {
  const { $schema, $defs } = z.toJSONSchema(SchoolState, {
    io: 'input',
    target: 'draft-2020-12',
    // zod leaves examples out where text becomes something else inside; ours are what a person writes.
    override: ({ zodSchema, jsonSchema }) => {
      const examples = z.globalRegistry.get(zodSchema)?.['examples']
      if (Array.isArray(examples)) jsonSchema.examples = examples
    },
  }) as JsonSchema
  const { SchoolState: whole, ...definitions } = $defs ?? {}
  return { $schema, ...whole, $defs: definitions }
}

/** The same for an editor, which sees one file at a time: each may hold any of the sections. */
export function fileJsonSchema(): JsonSchema {
  const { required: _, ...schema } = stateJsonSchema()
  return schema
}

/** Follows `$ref`; what stands beside the reference wins. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref: reference, ...own } = schema
  if (reference === undefined) return schema
  return { ...root.$defs?.[reference.replace('#/$defs/', '')], ...own }
}

/** Answers which keys may stand at a place of the state; none where no keys may. The schema is made when first asked. */
export function allowedKeys(): (path: Path) => readonly string[] {
  let made: JsonSchema | undefined
  return (path) => {
    const root = (made ??= stateJsonSchema())
    const step = (schemas: readonly JsonSchema[], name: string | number): readonly JsonSchema[] =>
      schemas
        .map((schema) => (typeof name === 'number' ? schema.items : schema.properties?.[name]))
        .filter((schema) => schema !== undefined)
        .flatMap((schema) => alternatives(schema, root))
    const there = path.reduce(step, alternatives(root, root))
    return there.flatMap(({ properties }) => Object.keys(properties ?? {}))
  }
}

function alternatives(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const whole = resolve(schema, root)
  return [whole, ...[...(whole.anyOf ?? []), ...(whole.allOf ?? [])].flatMap((part) => alternatives(part, root))]
}
