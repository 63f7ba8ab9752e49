import type { Path } from './document.ts'

/** One thing that is wrong or worth saying about a state, before it is known on which line it stands. */
export interface Remark {
  readonly severity: 'error' | 'warning'
  readonly path: Path
  /** One sentence with the offending value in it, without the closing full stop. */
  readonly message: string
  readonly hint?: string
}

export function error(path: Path, message: string, hint?: string): Remark {
  return { severity: 'error', path, message, ...(hint === undefined ? {} : { hint }) }
}

export function warning(path: Path, message: string, hint?: string): Remark {
  return { severity: 'warning', path, message, ...(hint === undefined ? {} : { hint }) }
}
