import { z } from 'zod'
import { BoxError } from '../../../agent/errors.ts'
import { labName } from '../../lab/example.ts'
import { labNamePattern } from '../../lab/layout.ts'

/** Which lab a command is about. */
export const LabName = z
  .string()
  .regex(labNamePattern, 'small letters, digits and hyphens, at most 40')
  .default(labName)
  .meta({ description: 'Name of the lab', value: 'NAME' })

/** Words behind `--`: a program and its arguments. */
export const Words = z.array(z.string()).default([]).meta({ description: 'Program to run instead of a shell' })

/**
 * Labs mount file systems and make network namespaces.
 * @throws NOT_ROOT
 */
export function requireRoot(what: string): void {
  if (process.getuid?.() !== 0) {
    throw new BoxError('NOT_ROOT', `${what} needs root: it makes network namespaces and boots a container`, {
      hint: `Run it as root, for example: sudo ./iserv-ctl ${what}`,
    })
  }
}
