import t from 'tap'
import { askPassword, refuseToKeep } from '../../../cli/commands/account/ask.ts'
import type { Context } from '../../../cli/command.ts'

/** A terminal at which these are typed, or standard input with this text. */
const context = (typed: readonly string[] | undefined, stdin = '', terminal = typed !== undefined): Context => {
  const left = [...(typed ?? [])]
  return {
    secret: async () => left.shift(),
    stdin: async () => stdin,
    terminal,
  } as unknown as Context
}

t.test('a password is typed twice, or is the first line of standard input', async (t) => {
  t.equal(await askPassword('m.mueller', context(['Regenbogen', 'Regenbogen'])), 'Regenbogen')
  await t.rejects(askPassword('m.mueller', context(['Regenbogen', 'Regenbogn'])), {
    code: 'USAGE',
    message: /not the same/,
  })
  t.equal(await askPassword('m.mueller', context(undefined, 'Regenbogen 7\nmore\n')), 'Regenbogen 7')
  t.equal(await askPassword('m.mueller', context(undefined, 'Regenbogen\r\n')), 'Regenbogen')
  await t.rejects(askPassword('m.mueller', context(undefined, '\n')), { code: 'USAGE', message: /standard input/ })
})

t.test('a password that is made is for eyes only', async (t) => {
  t.doesNotThrow(() => refuseToKeep(context([])))
  t.throws(() => refuseToKeep(context(undefined)), { code: 'SECRET_TO_FILE' })
})
