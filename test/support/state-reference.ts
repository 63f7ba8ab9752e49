import { stringify } from 'yaml'
import { type JsonSchema, resolve, stateJsonSchema } from '../../agent/model/publish.ts'

/** docs/state.md, made from the schemas: every word that may stand in a school state. */

const opening = `# The school state

The school state is what an administrator declares about a school's server, in YAML. \`iserv-ctl state check FILE…\` says
what is wrong with it, \`state plan\` what it would change, \`state apply\` makes it so. A complete small one lies in
[example/school.yaml](example/school.yaml); [schema/school-state.schema.json](schema/school-state.schema.json) teaches an
editor to check and complete it. This page is made from the same definitions as both.

* One file or several: the sections below may be spread over any number of files and documents (\`---\`). Lists are
  joined, every other section stands once.
* Every key is known: a key that is not on this page is an error, with the nearest one named.
* YAML 1.2: \`no\`, \`on\` and \`off\` are words and not truth values, those are \`true\` and \`false\`. A room called \`0214\` or
  \`1e5\` is taken as it is spelt. Anchors used elsewhere (\`*name\`), tags and keys given twice are refused.
* At most 2 MiB of text. Long lists of domains belong into files on the box (\`filters.lists[].file\`).
`

/** Sections that are lists of one kind of entry, or a group of keys, in the order of the state. */
export function stateReference(): string {
  const root = stateJsonSchema()
  const sections = Object.entries(root.properties ?? {}).map(([name, schema]) => section(name, schema, root))
  const words = Object.entries(root.$defs ?? {})
    .filter(([, schema]) => schema.properties === undefined)
    .map(([name, schema]) => word(name, schema))
  return `${opening}\n${sections.join('\n')}\n## Words\n\n| word | what may stand there | example |\n| --- | --- | --- |\n${words.join('\n')}\n`
}

function section(name: string, schema: JsonSchema, root: JsonSchema): string {
  const required = root.required?.includes(name) ?? false
  const whole = resolve(schema, root)
  const entry = whole.items === undefined ? whole : resolve(whole.items, root)
  const form = whole.items === undefined ? '' : ' A list.'
  const about = entry.description ?? whole.description ?? ''
  const example = entry.properties === undefined ? undefined : entry.examples?.[0]
  return [
    `## \`${name}\`\n`,
    `${about}${form}${required ? ' Required.' : ''}\n`,
    ...(entry.properties === undefined ? [`Value: ${kind(schema, root)}\n`] : [table(entry, root)]),
    ...nested(entry, root),
    ...(example === undefined
      ? []
      : [`\`\`\`yaml\n${yaml(name, whole.items === undefined ? example : [example])}\`\`\`\n`]),
  ].join('\n')
}

const yaml = (name: string, example: unknown): string => stringify({ [name]: example }, { lineWidth: 0 })

function table(entry: JsonSchema, root: JsonSchema): string {
  const rows = Object.entries(entry.properties ?? {}).map(([key, schema]) => {
    const needed = (entry.required?.includes(key) ?? false) ? 'required' : fallback(schema)
    return `| \`${key}\` | ${kind(schema, root)} | ${needed} | ${resolve(schema, root).description ?? ''} |`
  })
  return `| key | value | if absent | |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

/** Groups of keys inside a section, however deep, each with a table of its own; one table for those that have the same. */
function nested(entry: JsonSchema, root: JsonSchema, above = ''): readonly string[] {
  const all = Object.entries(entry.properties ?? {}).flatMap(([key, schema]) =>
    groups(schema, root).map((group) => ({ path: `${above}${key}`, group, rows: table(group, root) })),
  )
  return [...Map.groupBy(all, ({ rows }) => rows)].flatMap(([rows, alike]) => {
    const [{ path, group } = { path: '', group: entry }] = alike
    const title = alike.map((one) => `\`${one.path}\``).join(', ')
    const about = alike.length === 1 ? `${group.description ?? ''}\n\n` : ''
    return [`### ${title}\n\n${about}${rows}`, ...nested(group, root, `${path}.`)]
  })
}

function groups(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const whole = resolve(schema, root)
  if (whole.properties !== undefined) return [whole]
  return [...(whole.anyOf ?? []), ...(whole.items === undefined ? [] : [whole.items])].flatMap((part) =>
    groups(part, root),
  )
}

const fallback = ({ default: value }: JsonSchema): string =>
  value === undefined || JSON.stringify(value) === '[]'
    ? ''
    : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``

function kind(schema: JsonSchema, root: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map((part) => kind(part, root)).join(' or ')
  if (schema.items !== undefined) return `list of ${kind(schema.items, root)}`
  const { propertyNames: names, additionalProperties: values } = schema as Readonly<Record<string, JsonSchema>>
  if (names?.$ref !== undefined && values !== undefined) return `${kind(values, root)} by ${kind(names, root)}`
  const name = schema.$ref?.replace('#/$defs/', '')
  if (name !== undefined && resolve(schema, root).properties === undefined) return `[${name}](#words)`
  if (name !== undefined || schema.properties !== undefined) return 'keys below'
  return words(schema)
}

function words({ enum: choices, const: only, type, minimum, maximum }: JsonSchema): string {
  if (choices !== undefined) return choices.map((choice) => `\`${String(choice)}\``).join(', ')
  if (only !== undefined) return `\`${JSON.stringify(only)}\``
  if (type === 'integer') return `${String(minimum)} to ${String(maximum)}`
  return type === 'boolean' ? '`true`, `false`' : 'text'
}

function word(name: string, schema: JsonSchema): string {
  const limit = typeof schema['maxLength'] === 'number' ? ` At most ${schema['maxLength']} characters.` : ''
  const choices = schema.enum === undefined ? '' : ` ${words(schema)}.`
  const examples = (schema.examples ?? []).map((example) => `\`${String(example)}\``).join(', ')
  return `| ${name} | ${schema.description ?? ''}${choices}${limit} | ${examples} |`
}
