import { basename, resolve } from 'node:path'
import { z } from 'zod'
import { formats } from '../../../agent/accounts/read/formats.ts'
import { isProtected } from '../../../agent/accounts/read/zip-locked.ts'
import type { ReadOptions } from '../../../agent/accounts/read/format.ts'
import type { PeopleFile } from '../../../agent/accounts/read/read.ts'
import { type Field, fields } from '../../../agent/accounts/read/record.ts'
import { BoxError } from '../../../agent/errors.ts'
import { didYouMean } from '../../../agent/model/nearest.ts'
import { Role } from '../../../agent/model/person.ts'
import { readYaml } from '../../../agent/model/yaml.ts'
import type { Context } from '../../command.ts'

/** Files of other programs, and what is to be said of them, for every command that reads people. */

export const sourceInput = {
  file: z.array(z.string().min(1)).min(1).meta({
    description: 'Files of one source; those that make sense together only are given together. - reads standard input.',
  }),
  format: z
    .enum(['auto', ...formats.map(({ name }) => name)])
    .default('auto')
    .meta({ description: 'Kind of the files; auto: each tells by itself.', value: 'KIND' }),
  map: z
    .array(z.string().regex(/.=./, 'must be a column and a field, as in Rufname=given'))
    .default([])
    .meta({
      description: `What a column means, by its name or number from 1. Fields: ${fields.join(', ')}, ignore.`,
      value: 'COLUMN=FIELD',
    }),
  mapping: z
    .string()
    .exactOptional()
    .meta({ description: 'The same from a YAML file: "Rufname: given".', value: 'FILE' }),
  role: Role.exactOptional().meta({ description: 'Role of people of whom the files do not say it.', value: 'ROLE' }),
  passwordFile: z.string().exactOptional().meta({
    description:
      'Where the password of a ZIP stands, in the first line; - reads it from standard input. Without, it is asked for.',
    value: 'FILE',
  }),
} as const

export type SourceInput = z.output<z.ZodObject<typeof sourceInput>>

export interface Sources {
  readonly files: readonly PeopleFile[]
  readonly options: ReadOptions
}

/** Everything that reading needs, off the disk. Throws `FILE_MISSING` with all files that are. */
export async function sourcesOf(input: SourceInput, context: Context): Promise<Sources> {
  if ([...input.file, input.passwordFile].filter((file) => file === '-').length > 1) {
    throw new BoxError('USAGE', 'Only one thing can be read from standard input')
  }
  const read = await Promise.all(input.file.map(async (file) => ({ file, bytes: await bytesOf(file, context) })))
  const missing = read.filter(({ bytes }) => bytes === undefined).map(({ file }) => file)
  if (missing.length > 0) throw new BoxError('FILE_MISSING', `There is no file ${missing.join(', ')}`)
  const columns = { ...(await fromFile(input.mapping, context)), ...fromWords(input.map) }
  const locked = read.find(({ bytes }) => bytes !== undefined && isProtected(bytes))
  const password =
    input.passwordFile !== undefined
      ? await firstLine(input.passwordFile, context)
      : locked && (await context.secret(`Password of ${locked.file}: `))
  return {
    files: read.flatMap(({ file, bytes }) => {
      return bytes === undefined ? [] : [{ file: file === '-' ? 'standard input' : basename(file), bytes }]
    }),
    options: {
      now: context.system.clock.now(),
      ...(input.format === 'auto' ? {} : { format: input.format }),
      columns,
      ...(input.role === undefined ? {} : { role: input.role }),
      ...(password === undefined ? {} : { password }),
    },
  }
}

function bytesOf(file: string, context: Context): Promise<Uint8Array | undefined> {
  return file === '-' ? context.stdinBytes() : context.system.files.readBytes(resolve(context.folder, file))
}

async function firstLine(file: string, context: Context): Promise<string> {
  const bytes = await bytesOf(file, context)
  if (bytes === undefined) throw new BoxError('FILE_MISSING', `There is no file ${file}`)
  return new TextDecoder().decode(bytes).split(/\r?\n/)[0] ?? ''
}

type Mapping = Record<string, Field | 'ignore'>

function fromWords(words: readonly string[]): Mapping {
  return Object.fromEntries(
    words.map((word) => {
      const end = word.lastIndexOf('=')
      return [word.slice(0, end), fieldOf(word.slice(end + 1))]
    }),
  )
}

async function fromFile(file: string | undefined, context: Context): Promise<Mapping> {
  if (file === undefined) return {}
  const text = await context.system.files.read(resolve(context.folder, file))
  if (text === undefined) throw new BoxError('FILE_MISSING', `There is no file ${file}`)
  const { parts, problems } = readYaml({ file, text })
  const value = parts[0]?.value
  if (problems.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    const hint = 'One line for each column: Rufname: given'
    throw new BoxError('USAGE', `${file} does not say what columns mean`, { hint, problems })
  }
  return Object.fromEntries(Object.entries(value).map(([column, field]) => [column, fieldOf(String(field))]))
}

function fieldOf(word: string): Field | 'ignore' {
  const known = [...fields, 'ignore'] as const
  const field = known.find((one) => one === word)
  if (field !== undefined) return field
  throw new BoxError('USAGE', `A column cannot be "${word}".${didYouMean(word, known)}`.replace(/\.$/, ''), {
    hint: `Fields are ${known.join(', ')}.`,
  })
}
