import { BoxError, isBoxError } from '../errors.ts'

/** Why something failed, with what lay behind it, on one line. A bug is told as one. */
export function wordsFor(error: unknown): string {
  if (!isBoxError(error)) {
    return `a fault of the agent itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
  return error.cause instanceof BoxError ? `${error.message}: ${wordsFor(error.cause)}` : error.message
}
