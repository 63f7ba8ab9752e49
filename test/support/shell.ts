import type { Context, Listing, Progress } from '../../cli/command.ts'
import type { Style } from '../../cli/output/style.ts'
import { runProgram } from '../../cli/program.ts'

export interface Ended {
  readonly status: number
  readonly out: string
  readonly err: string
}

export interface ShellOptions {
  /** What commands of this run may use; reaching for anything else throws. */
  readonly context?: Partial<Context>
  readonly style?: Style
  readonly signal?: AbortSignal
  /** What the progress display would tell of an interrupted command. */
  readonly story?: { readonly done: readonly string[]; readonly current: string | undefined }
}

export const silent: Progress = { stage() {}, update() {}, done() {} }

export const paper: Style = { columns: Number.POSITIVE_INFINITY, colour: false }

/** Runs a command line inside the test's own process. */
export async function runWords(
  words: readonly string[],
  list: readonly Listing[],
  { context = {}, style = paper, signal = new AbortController().signal, story }: ShellOptions = {},
): Promise<Ended> {
  const written = { out: '', err: '' }
  const status = await runProgram(words, {
    list,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    outStyle: style,
    errStyle: style,
    signal,
    reporter: async () => ({
      ...silent,
      story: () => story ?? { done: [], current: undefined },
      close() {},
    }),
    context: async (progress) => contextOf({ progress, signal, ...context }),
    version: async () => '1.2.3',
  })
  return { status, ...written }
}

/** A context with only these parts; any other part throws when it is used. */
export function contextOf(known: Partial<Context>): Context {
  return new Proxy(known as Context, {
    get(target, part) {
      // A promise asks every value whether it is one, too.
      if (part in target || part === 'then') return Reflect.get(target, part) as unknown
      throw new Error(`the test gave the command no ${String(part)}`)
    },
  })
}
