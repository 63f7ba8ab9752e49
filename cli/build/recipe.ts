import { createHash } from 'node:crypto'
import { BoxError } from '../../agent/errors.ts'
import type { Archive } from './sources.ts'

/** What is asked of a build, and the digests under which its results are cached. Pure. */

/** What every role has. */
export const commonLayer = 'common'

/** Layers of image data a role is made of, in the order in which they are laid over one another. */
export const layersOf = (role: string): readonly string[] => [commonLayer, role]

/** The programs that make images come from a tree of their own, made like any other. */
export const toolboxLayer = 'toolbox'

export interface Recipe {
  readonly packages: readonly string[]
  readonly tools: readonly string[]
  readonly archives: readonly Archive[]
}

/**
 * Names of a `packages.list`: one a line, `#` begins a comment.
 * @throws `FILE_UNREADABLE` naming every line that is no package name.
 */
export function packageNames(path: string, text: string): readonly string[] {
  const lines = text.split('\n').map((line, index) => ({ name: line.replace(/#.*/, '').trim(), line: index + 1 }))
  const named = lines.filter(({ name }) => name !== '')
  const wrong = named.filter(({ name }) => !/^[a-z0-9][a-z0-9+.-]+$/.test(name))
  if (wrong.length > 0) {
    throw new BoxError('FILE_UNREADABLE', `${path} has lines that are no package names`, {
      hint: 'One Debian package name a line.',
      problems: wrong.map(({ name, line }) => ({
        severity: 'error',
        file: path,
        line,
        path: '',
        message: `"${name}" is not a package name`,
      })),
    })
  }
  return named.map(({ name }) => name)
}

/** SHA-256 over values, in hexadecimal. */
export function digestOf(...values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

/** Long enough to be unique in a cache, short enough to read. */
export const shortDigest = (digest: string): string => digest.slice(0, 12)

/** A UUID that is always the same for the same digest and purpose (version 8: of our own making). */
export function uuidOf(digest: string, purpose: string): string {
  const hex = digestOf(digest, purpose)
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`]
  return [...parts, hex.slice(20, 32)].join('-')
}
