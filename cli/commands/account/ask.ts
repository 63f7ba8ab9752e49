import { BoxError } from '../../../agent/errors.ts'
import type { Context } from '../../command.ts'

/** A new password: typed twice at the terminal, unseen, or the first line of standard input. */
export async function askPassword(login: string, { secret, stdin }: Context): Promise<string> {
  const typed = await secret(`New password for ${login}: `)
  if (typed === undefined) {
    const [line = ''] = (await stdin()).split(/\r?\n/, 1)
    if (line !== '') return line
    throw new BoxError('USAGE', 'There is no password on standard input', {
      hint: 'Its first line is the password. At a terminal you are asked for it.',
    })
  }
  if (typed === (await secret('The same again: '))) return typed
  throw new BoxError('USAGE', 'The two passwords are not the same; nothing was changed')
}

/** A password that is made is shown once: a file or a pipe would keep it. */
export function refuseToKeep({ terminal }: Context): void {
  if (terminal) return
  throw new BoxError(
    'SECRET_TO_FILE',
    'A password that is made is shown on a terminal only, not written to a file or pipe',
    {
      hint: 'Give the password on standard input instead: with --ask, or without --generate.',
    },
  )
}
