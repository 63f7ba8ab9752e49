import { stripVTControlCharacters } from 'node:util'
import { BoxError, isBoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import type { Layout } from './layout.ts'

/** A lab's failure with what its programs logged last: the logs go with the lab. */
export async function withLastWords(error: unknown, layout: Layout, host: System): Promise<unknown> {
  if (!isBoxError(error, 'LAB_FAILED')) return error
  const { message, cause } = error
  return new BoxError('LAB_FAILED', [message, ...(await lastWords(layout, host))].join('\n'), { cause })
}

/** Of each log. */
const linesShown = 5

async function lastWords({ folder }: Layout, { files }: System): Promise<readonly string[]> {
  const logs = (await files.list(folder)).filter((name) => name.endsWith('.log'))
  const words = logs.map(async (name) => {
    const lines = stripVTControlCharacters((await files.read(`${folder}/${name}`)) ?? '').split(/[\r\n]+/)
    return lines
      .filter((line) => line.trim() !== '')
      .slice(-linesShown)
      .map((line) => `${name}: ${line}`)
  })
  return (await Promise.all(words)).flat()
}
