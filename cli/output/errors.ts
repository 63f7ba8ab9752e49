import { toFailure } from '../../agent/contract/failure.ts'
import { BoxError } from '../../agent/errors.ts'
import { problemBlocks } from '../problems.ts'
import { renderBlocks } from './blocks.ts'
import type { Style } from './style.ts'

/**
 * A failure as `--json` shows it on standard output: one object with the single key `error`, in the agent's own shape
 * of a failure. A bug has the code BUG, which no foreseen failure has.
 */
export function errorAsJson(error: unknown): unknown {
  return {
    error:
      error instanceof BoxError ? toFailure(error) : { code: 'BUG', message: String(error), causes: [], problems: [] },
  }
}

/** A failure for a person: what, where, the reasons behind it, what to do. A bug also shows its stack. */
export function renderError(error: unknown, style: Style): string {
  if (!(error instanceof BoxError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `${stack}\n\nThis is a bug in iserv-ctl. Please report it with the lines above and the command you typed.\n`
  }
  return renderBlocks(
    [
      { kind: 'lines', lines: [{ text: error.message, tone: 'bad' }] },
      { kind: 'table', rows: causes(error).map((reason) => ['because', reason]) },
      ...problemBlocks(error.problems),
      { kind: 'lines', lines: error.hint === undefined ? [] : [error.hint] },
    ],
    style,
  )
}

/** The messages behind an error, outermost first; one that only repeats its successor's words is left out. */
function causes(error: Error): readonly string[] {
  const messages: string[] = []
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if (!error.message.includes(cause.message)) messages.push(cause.message)
  }
  return messages
}
