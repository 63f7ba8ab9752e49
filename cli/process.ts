import { addAbortSignal } from 'node:stream'
import { BoxError, exitStatus } from '../agent/errors.ts'
import type { Argv } from '../agent/system/system.ts'
import type { Context, Listing } from './command.ts'
import type { Entrance } from './lab/here.ts'
import type { Reporter } from './output/progress.ts'
import { styleOf } from './output/style.ts'
import { runProgram } from './program.ts'

/** The process around a command: streams, signals, terminal. */

const interrupt = new AbortController()
const handed = { over: false }

/**
 * The first signal asks the command to stop cleanly, a second one leaves at once. While a program has the terminal, Ctrl-C
 * is meant for that.
 */
function onSignal(name: NodeJS.Signals): void {
  if (handed.over && name === 'SIGINT') return
  if (interrupt.signal.aborted) process.exit(exitStatus.interrupted)
  process.stderr.write('\nStopping … (once more leaves at once)\n')
  interrupt.abort(new BoxError('INTERRUPTED', 'Interrupted'))
}

/** The terminal may be gone, with whoever sat there; that is no reason to stop in the middle. */
process.stderr.on('error', () => undefined)

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)

const errStyle = styleOf(process.stderr, process.env)

async function createContext(progress: Reporter): Promise<Context> {
  const [{ localSystem }, { connectAgent }] = await Promise.all([
    import('../agent/system/local.ts'),
    import('./agent/connect.ts'),
  ])
  const system = localSystem()
  const warn = (line: string): unknown => process.stderr.write(`${line}\n`)
  // Asked for with every call to the agent, looked for once.
  const found = new Map<'box', Promise<Entrance>>()
  const boxHere = (): Promise<Entrance> => {
    const box = found.get('box') ?? import('./lab/here.ts').then((lab) => lab.boxHere(system, warn))
    found.set('box', box)
    return box
  }
  return {
    system,
    agent: connectAgent({
      by: process.env['SUDO_USER'] ?? process.env['USER'] ?? 'root',
      signal: interrupt.signal,
      root: async () => (await boxHere()).root,
    }),
    async box() {
      const { root, enter } = await boxHere()
      return {
        system: localSystem({ root, enter }),
        interactive: ([program, ...rest]) => handOver([...enter, program, ...rest] as unknown as Argv),
      }
    },
    progress,
    signal: interrupt.signal,
    folder: process.cwd(),
    stdin: async () => new TextDecoder().decode(await standardInput()),
    stdinBytes: standardInput,
    secret: typedSecret,
    warn,
    terminal: process.stdout.isTTY,
    interactive: handOver,
  }
}

async function handOver(argv: Argv): Promise<number> {
  const { runOnTerminal } = await import('../agent/system/processes.ts')
  handed.over = true
  try {
    return await runOnTerminal(argv, interrupt.signal)
  } finally {
    handed.over = false
  }
}

/** The stream itself must end when the user interrupts: reading waits for the next bytes however long that takes. */
async function standardInput(): Promise<Uint8Array> {
  return Buffer.concat(await addAbortSignal(interrupt.signal, process.stdin).toArray())
}

async function typedSecret(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  return (await import('./secret.ts')).askSecret(question, process.stdin, process.stderr)
}

/** Runs a command line in this process; its exit status. */
export function start(words: readonly string[], list: readonly Listing[]): Promise<number> {
  return runProgram(words, {
    list,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    outStyle: styleOf(process.stdout, process.env),
    errStyle,
    signal: interrupt.signal,
    async reporter() {
      const { createReporter } = await import('./output/progress.ts')
      return createReporter({
        write: (text) => process.stderr.write(text),
        style: errStyle,
        live: process.stderr.isTTY,
        now: () => performance.now(),
      })
    },
    context: createContext,
    async version() {
      const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
      return manifest.version
    },
  })
}
