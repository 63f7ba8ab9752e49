import { z } from 'zod'
import { BoxError, codes, exitStatus, type ErrorCode } from '../errors.ts'

/** `Problem` of agent/errors.ts as it travels. */
export const Problem = z
  .strictObject({
    severity: z.enum(['error', 'warning']),
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    path: z.string(),
    message: z.string(),
    hint: z.string().optional(),
  })
  .meta({ id: 'Problem' })

/** A `BoxError` as it travels over the agent's sockets. */
export const Failure = z
  .strictObject({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    /** Messages of the errors that led to this one, nearest first. */
    causes: z.array(z.string()),
    problems: z.array(Problem),
  })
  .meta({ id: 'Failure', description: 'Why the agent declined.' })
export type Failure = z.infer<typeof Failure>

export function toFailure(error: BoxError): Failure {
  return {
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    causes: chain(error.cause),
    problems: [...error.problems],
  }
}

/** The same error on the caller's side. A code this side does not know becomes `AGENT_REFUSED`. */
export function fromFailure(failure: Failure): BoxError {
  const cause = failure.causes.reduceRight<Error | undefined>(
    (inner, message) => new Error(message, inner === undefined ? undefined : { cause: inner }),
    undefined,
  )
  return new BoxError(failure.code in codes ? (failure.code as ErrorCode) : 'AGENT_REFUSED', failure.message, {
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(cause === undefined ? {} : { cause }),
    problems: failure.problems,
  })
}

const statuses: Readonly<Record<number, number>> = {
  [exitStatus.usage]: 400,
  [exitStatus.input]: 400,
  [exitStatus.refused]: 409,
  [exitStatus.service]: 502,
  [exitStatus.host]: 503,
}

/** HTTP status for a code, by the same classes as the exit status. */
export function httpStatus(code: ErrorCode): number {
  return statuses[exitStatus[codes[code]]] ?? 500
}

function chain(cause: unknown): string[] {
  return cause instanceof Error ? [cause.message, ...chain(cause.cause)] : []
}
