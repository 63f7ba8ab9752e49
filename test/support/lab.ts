import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { localSystem } from '../../agent/system/local.ts'
import { sweep } from '../../cli/lab/ground.ts'
import { layoutOf } from '../../cli/lab/layout.ts'
import type { Teardown } from './container.ts'

/** Labs as people use them: by the command line. */

const program = join(resolve(import.meta.dirname, '../..'), 'iserv-ctl')

/** A lab's name of this test's own; whatever happens, nothing of it stays. */
export function labFor(t: Teardown): string {
  const name = `test-${process.pid}-${crypto.randomUUID().slice(0, 8)}`
  t.teardown(() => sweep(layoutOf(name), localSystem()))
  return name
}

/** Starts `iserv-ctl`; it may be sent signals before it ends. */
export function begin(words: readonly string[], input = '') {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] })
  // Whoever does not read its input need not be there any more.
  child.stdin.on('error', () => undefined).end(input)
  const said = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { child, ended: said.then(([out, err]) => ({ status: child.exitCode, out, err })) }
}

export const run = (...words: readonly string[]) => begin(words).ended
