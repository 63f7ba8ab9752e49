/**
 * Everything that goes wrong in a way we foresaw is a `BoxError`: a code, a message that shows the offending value,
 * a hint that says what to do, and the error that caused it. Whatever is not a `BoxError` is a bug.
 */

/** Exit statuses of `iserv-ctl`; documented in docs/commands.md and in `iserv-ctl --help`. */
export const exitStatus = {
  ok: 0,
  /** A bug: a stack trace is shown. */
  bug: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** A document, file or value was read and refused; nothing was changed. */
  input: 3,
  /** This machine lacks something: rights, space, network, a program. */
  host: 4,
  /** The agent or a service did not answer or failed. */
  service: 5,
  /** Understood and declined: a guard, a newer state, a missing confirmation. */
  refused: 6,
  /** Interrupted by Ctrl-C or a signal. */
  interrupted: 130,
} as const

/** Why an operation failed, as a class that decides the exit status. */
export type Trouble = Exclude<keyof typeof exitStatus, 'ok' | 'bug'>

/** The table of codes: each code once, with the exit status it leads to. */
export const codes = {
  USAGE: 'usage',
  INTERRUPTED: 'interrupted',

  STATE_INVALID: 'input',
  STATE_NEWER: 'refused',
  STATE_NONE: 'refused',
  STATE_GENERATION_UNKNOWN: 'input',
  STATE_TRY_PENDING: 'refused',
  STATE_TRY_NONE: 'refused',
  STATE_TRY_OVER: 'refused',
  STATE_BASE_OLD: 'refused',
  DEVICES_INVALID: 'input',
  DEVICE_UNKNOWN: 'input',
  DEVICE_EXISTS: 'input',
  ROOM_UNKNOWN: 'input',
  NETWORK_UNKNOWN: 'input',
  PORT_UNKNOWN: 'input',

  PEOPLE_INVALID: 'input',
  ZIP_PASSWORD: 'input',
  PERSON_UNKNOWN: 'input',
  PERSON_EXISTS: 'input',
  GROUP_UNKNOWN: 'input',
  GROUP_EXISTS: 'input',
  SHARE_UNKNOWN: 'input',
  PASSWORD_WEAK: 'input',
  PLAN_FOREIGN: 'refused',
  PLAN_OLD: 'refused',
  PLAN_OPEN: 'refused',
  LEAVING_MANY: 'refused',
  CHANGES_MANY: 'refused',
  IMPORT_RUNNING: 'refused',
  IMPORT_NONE: 'refused',
  UNDO_LATE: 'refused',
  DIRECTORY_NONE: 'refused',
  CERTIFICATE_REFUSED: 'input',
  BACKUP_REFUSED: 'refused',
  WLAN_NONE: 'refused',
  ACCESS_POINT_UNKNOWN: 'input',
  SECRET_TO_FILE: 'refused',

  FILE_MISSING: 'input',
  MODULES_NOT_LOCKED: 'host',
  FILE_EXISTS: 'refused',
  FILE_UNREADABLE: 'host',
  FILE_UNWRITABLE: 'host',
  DISK_FULL: 'host',
  NOT_ROOT: 'host',
  TOOL_MISSING: 'host',
  PACKAGE_MISSING: 'host',
  MIRROR_UNREACHABLE: 'host',
  SIGNATURE_WRONG: 'host',
  LAB_RUNNING: 'refused',
  LAB_NOT_RUNNING: 'refused',
  LAB_FAILED: 'service',

  PROCESS_FAILED: 'service',
  PROCESS_TIMEOUT: 'service',
  SOCKET_UNREACHABLE: 'service',
  AGENT_UNREACHABLE: 'service',
  AGENT_REFUSED: 'refused',
  REQUEST_INVALID: 'input',
  SERVICE_CHECK_FAILED: 'service',
  SERVICE_REFUSED: 'service',
  DIRECTORY_UNREACHABLE: 'service',
  DIRECTORY_REFUSED: 'service',
  UNIT_FAILED: 'service',
  NFT_REFUSED: 'service',
  RESOURCE_FAILED: 'service',
  LEDGER_DAMAGED: 'service',
} as const satisfies Record<string, Trouble>

export type ErrorCode = keyof typeof codes

/** One place in a document at which something is wrong, or only worth saying. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** File as the user named it, `-` for standard input. */
  readonly file?: string | undefined
  /** 1-based. */
  readonly line?: number | undefined
  /** 1-based, for files with columns. */
  readonly column?: number | undefined
  /** Where in the document: `networks[1].pool.to`. */
  readonly path: string
  /** One sentence with the offending value in it. */
  readonly message: string
  /** What to do, where that is not plain from the message. */
  readonly hint?: string | undefined
}

export interface BoxErrorOptions {
  /** What a person can do about it; a command where there is one. */
  readonly hint?: string
  readonly cause?: unknown
  /** All problems of a document, when the error is about a document. */
  readonly problems?: readonly Problem[]
}

export class BoxError extends Error {
  override readonly name = 'BoxError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, message: string, options: BoxErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.hint = options.hint
    this.problems = options.problems ?? []
  }
}

/** Is this a foreseen failure, of one of these codes if any are named? */
export function isBoxError(error: unknown, ...wanted: readonly ErrorCode[]): error is BoxError {
  return error instanceof BoxError && (wanted.length === 0 || wanted.includes(error.code))
}
