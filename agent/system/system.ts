/**
 * The one door to the world. Resources, engine and CLI see only these interfaces; `agent/system/*` holds the
 * implementations. Interfaces only: this file imports nothing.
 */

/** A program and its arguments; never a shell string. */
export type Argv = readonly [program: string, ...rest: string[]]

export interface RunOptions {
  /** Written to standard input, which is closed afterwards. Secrets travel here, never in argv. */
  readonly input?: Text
  /** Exit statuses that are no error. Default: only 0. */
  readonly accept?: readonly number[]
  /** Milliseconds until the process is ended and `PROCESS_TIMEOUT` thrown. Default 30 000. */
  readonly timeout?: number
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** The kernel kills the program when this process ends, after kill -9 too. */
  readonly tied?: boolean
  /** Called with each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void
}

export interface RunResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface Processes {
  /** Throws `PROCESS_FAILED` (with the last lines of stderr in the message) for any status not accepted. */
  run(argv: Argv, options?: RunOptions): Promise<RunResult>
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly size: number
  /** Permissions; with an ACL, those of the group are its mask. */
  readonly mode: number
  /** Number of the user to whom it belongs. */
  readonly owner: number
  /** Number of its group. */
  readonly group: number
  /** Milliseconds since the epoch. */
  readonly modified: number
}

/** What is too long to be held as one string comes in parts. */
export type Text = string | AsyncIterable<string>

/** Paths are absolute as the box sees them; an implementation may put a root in front. */
export interface Files {
  /** Undefined when there is no such file. */
  read(path: string): Promise<string | undefined>
  /** What stands in a file between two places, in bytes; empty when there is no such file. */
  readFrom(path: string, start: number, end: number): Promise<string>
  /** The same for a file whose encoding is not known to be UTF-8. */
  readBytes(path: string): Promise<Uint8Array | undefined>
  /** Candidate beside the target, fsync, rename: readers see the old or the new file, never half of one. */
  write(path: string, content: Text | Uint8Array, mode?: number): Promise<void>
  stat(path: string): Promise<FileStat | undefined>
  /** Names in a folder, sorted; empty when there is no such folder. */
  list(path: string): Promise<readonly string[]>
  makeFolder(path: string, mode?: number): Promise<void>
  /** Where a symbolic link points; undefined when there is none. */
  readLink(path: string): Promise<string | undefined>
  /** Replaces a symbolic link atomically. */
  link(path: string, target: string): Promise<void>
  /** Gives a file or folder another name on the same disk. What has that name already must have been looked for before. */
  rename(from: string, to: string): Promise<void>
  /** Copies one file's content to a place where there is none. */
  copy(from: string, to: string): Promise<void>
  /** What was made, renamed and removed in a folder is on disk when this returns. */
  sync(folder: string): Promise<void>
  /** Bytes of the disk of a path: those that may still be written, and all. */
  space(path: string): Promise<{ readonly free: number; readonly total: number }>
  /** Removes a file or a whole folder; silent when there is none. */
  remove(path: string): Promise<void>
  /**
   * Calls back with the name of each entry of a folder that changes, until the function it returns is called. A hint,
   * not a promise: silent when the folder does not exist or the kernel has no watches left.
   */
  watch(path: string, changed: (name: string) => void): () => void
}

export interface UnitStatus {
  readonly name: string
  /** systemd's ActiveState: active, inactive, failed, activating, … */
  readonly active: string
  readonly sub: string
  /** Restarts by systemd since the unit was last started by hand or job. */
  readonly restarts: number
}

/** systemd units. */
export interface Units {
  status(name: string): Promise<UnitStatus>
  start(name: string): Promise<void>
  stop(name: string): Promise<void>
  restart(name: string): Promise<void>
  reload(name: string): Promise<void>
}

export interface DnsAnswer {
  /** NOERROR, NXDOMAIN, SERVFAIL, REFUSED, … */
  readonly status: string
  readonly answers: readonly string[]
}

export interface Network {
  /** Sends text over a Unix stream socket, half-closes, reads to the end. `SOCKET_UNREACHABLE` when nobody listens. */
  exchange(socketPath: string, text: string, timeout?: number): Promise<string>
  /** Asks one DNS server directly, as a client would. */
  query(
    server: string,
    port: number,
    name: string,
    type: 'A' | 'AAAA' | 'PTR' | 'TXT' | 'SOA',
    timeout?: number,
  ): Promise<DnsAnswer>
  /** Interfaces on which some program hears every packet, as one that gives addresses must. */
  hearing(): Promise<readonly string[]>
}

/** libnftables. */
export interface Nftables {
  /**
   * Runs commands (JSON as text, or nft's own syntax) in one transaction and returns what nft printed, as JSON for
   * JSON commands. `NFT_REFUSED` with nft's own words when the kernel or nft declines; then nothing was changed.
   */
  run(commands: string): Promise<string>
  /**
   * A number that changes with every transaction that anybody makes on any rules, but not by what packets and timers do
   * to them. Undefined where it cannot be told.
   */
  generation(): number | undefined
}

/** An attribute's values as the directory holds them: text, or bytes where it is no text. */
export type AttributeValue = string | Uint8Array

export interface DirectoryEntry {
  readonly dn: string
  /** Attribute names as asked for; absent when the entry has no such attribute. */
  readonly attributes: Readonly<Record<string, readonly AttributeValue[]>>
}

export interface DirectorySearch {
  readonly base: string
  readonly scope: 'base' | 'one' | 'sub'
  /** RFC 4515. Values that come from outside are escaped, or of a type that has nothing to escape, as a `Login`. */
  readonly filter: string
  readonly attributes: readonly string[]
  /** Attributes that come as bytes. */
  readonly binary?: readonly string[]
}

export interface DirectoryChange {
  readonly kind: 'add' | 'replace' | 'delete'
  readonly attribute: string
  /** Empty with `replace`: the attribute goes; with `delete`: all its values. */
  readonly values: readonly AttributeValue[]
}

/**
 * The directory over the domain controller's private socket: whoever opens it may do anything, so each call is one that the
 * agent means. One write at a time. Throws `DIRECTORY_UNREACHABLE`, `DIRECTORY_REFUSED` with the directory's own words.
 */
export interface Directory {
  /** All pages. Empty when the base does not exist. */
  search(search: DirectorySearch): Promise<readonly DirectoryEntry[]>
  add(dn: string, attributes: Readonly<Record<string, readonly AttributeValue[]>>): Promise<void>
  modify(dn: string, changes: readonly DirectoryChange[]): Promise<void>
  /** To another name or place. */
  rename(dn: string, to: string): Promise<void>
  /** Silent when there is none. */
  remove(dn: string): Promise<void>
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds since the machine was started; nobody sets them. */
  monotonic(): number
}

export type LogLevel = 'error' | 'warning' | 'info' | 'debug'

/** Structured lines for the journal: a sentence and its facts. Never a secret. */
export interface Journal {
  write(level: LogLevel, message: string, fields?: Readonly<Record<string, string | number>>): void
}

export interface System {
  readonly processes: Processes
  readonly files: Files
  readonly units: Units
  readonly network: Network
  readonly nftables: Nftables
  readonly directory: Directory
  readonly clock: Clock
  readonly journal: Journal
}
