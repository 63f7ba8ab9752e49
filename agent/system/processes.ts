import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { BoxError } from '../errors.ts'
import type { Argv, Processes, RunOptions, RunResult } from './system.ts'

/** Enough to see what a program complained about, not its whole log. */
const linesShown = 6
const defaultTimeout = 30_000

/** Becomes the program, so that its process id and what it answers to are the program's own. */
const tie = ['setpriv', '--pdeathsig', 'KILL', '--'] as const
const notExecuted = /^setpriv: failed to execute /

/**
 * Processes on this machine.
 * @param enter argv that is put in front of every program: `nsenter` into a container, `ip netns exec` into a namespace.
 */
export function processesOf(enter: readonly string[] = []): Processes {
  return {
    async run(argv, options = {}) {
      // Imported at first use: loading execa costs more than a command that starts no process takes in all.
      const { execa } = await import('execa')
      const [program, ...rest] = [...(options.tied === true ? tie : []), ...enter, ...argv] as unknown as Argv
      const child = execa(program, rest, {
        reject: false,
        stripFinalNewline: false,
        timeout: options.timeout ?? defaultTimeout,
        forceKillAfterDelay: 5_000,
        ...inputOf(options),
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        ...(options.env === undefined ? {} : { env: options.env }),
        ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
        ...listener(options),
      })
      const trouble: unknown[] = []
      feed(child.stdin, options).catch((error: unknown) => {
        trouble.push(error)
        child.kill()
      })
      const result = await child
      if (trouble.length > 0) throw trouble[0]
      return judge(argv, options, {
        status: result.exitCode,
        stdout: textOf(result.stdout),
        stderr: textOf(result.stderr),
        timedOut: result.timedOut,
        cancelled: result.isCanceled,
        cause: result.failed ? result.cause : undefined,
        notFound: result.code === 'ENOENT' || (options.tied === true && notExecuted.test(textOf(result.stderr))),
        ...(result.signal === undefined ? {} : { signal: result.signal }),
      })
    },
  }
}

/**
 * Hands this process's terminal to a program (a shell) and returns its exit status. When the signal comes, the program hears
 * that its terminal is gone: a shell does not care for anything less.
 * @throws the signal's reason
 */
export async function runOnTerminal([program, ...rest]: Argv, cancelSignal: AbortSignal): Promise<number> {
  const { execa } = await import('execa')
  const result = await execa(program, rest, { reject: false, stdio: 'inherit', cancelSignal, killSignal: 'SIGHUP' })
  cancelSignal.throwIfAborted()
  if (result.code === 'ENOENT') throw new BoxError('TOOL_MISSING', `The program "${program}" is not installed`)
  return result.exitCode ?? 1
}

interface Ended {
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
  readonly cancelled: boolean
  readonly notFound: boolean
  readonly signal?: string
  readonly cause: unknown
}

function judge(argv: Argv, options: RunOptions, ended: Ended): RunResult {
  const [program] = argv
  const { status, stdout, stderr } = ended
  if (ended.cancelled) throw new BoxError('INTERRUPTED', `${program} was interrupted`)
  if (ended.timedOut) {
    throw new BoxError(
      'PROCESS_TIMEOUT',
      `${program} did not end within ${(options.timeout ?? defaultTimeout) / 1000} s`,
    )
  }
  if (ended.notFound) throw new BoxError('TOOL_MISSING', `The program "${program}" is not installed`)
  if (status !== undefined && (options.accept ?? [0]).includes(status)) return { status, stdout, stderr }
  const how = status === undefined ? `was ended by ${ended.signal ?? 'a signal'}` : `ended with status ${status}`
  const words = (stderr.trim() === '' ? stdout : stderr).trim().split('\n').slice(-linesShown).join('\n')
  throw new BoxError('PROCESS_FAILED', words === '' ? `${program} ${how}` : `${program} ${how}: ${words}`, {
    cause: ended.cause,
  })
}

function inputOf({ input }: RunOptions) {
  if (input === undefined) return { stdin: 'ignore' as const }
  return typeof input === 'string' ? { input } : { stdin: 'pipe' as const }
}

/**
 * Hands over what is too long for one string, part by part. Whoever makes the parts may wait for the program's answers:
 * once the program has ended, nobody waits for them.
 */
async function feed(stdin: Writable | null, { input }: RunOptions): Promise<void> {
  if (stdin === null || input === undefined || typeof input === 'string') return
  // A program that has ended no longer reads; its status tells what there is to tell.
  stdin.on('error', () => undefined)
  for await (const part of input) {
    if (stdin.destroyed) return
    if (!stdin.write(part)) await once(stdin, 'drain')
  }
  stdin.end()
}

function listener({ onLine }: RunOptions) {
  if (onLine === undefined) return {}
  const tap = function* (line: unknown): Generator<string> {
    onLine(String(line))
    yield String(line)
  }
  return { stdout: tap, stderr: tap }
}

function textOf(output: unknown): string {
  return typeof output === 'string' ? output : ''
}
