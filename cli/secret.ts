import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { BoxError } from '../agent/errors.ts'

/**
 * Asks for a password at the terminal: what is typed is not shown. Backspace and Ctrl-U work as everywhere; Ctrl-C throws
 * `INTERRUPTED`.
 */
export async function askSecret(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 })
  const given = Promise.withResolvers<string>()
  lines.once('line', given.resolve)
  lines.once('close', () => given.reject(new BoxError('INTERRUPTED', 'No password was typed')))
  lines.once('SIGINT', () => lines.close())
  output.write(question)
  try {
    return await given.promise
  } finally {
    lines.close()
    output.write('\n')
  }
}
