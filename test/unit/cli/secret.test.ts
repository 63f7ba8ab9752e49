import { PassThrough, Writable } from 'node:stream'
import t from 'tap'
import { isBoxError } from '../../../agent/errors.ts'
import { askSecret } from '../../../cli/secret.ts'

function terminal(): { readonly input: PassThrough; readonly output: Writable; readonly shown: () => string } {
  const written: string[] = []
  const output = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk))
      done()
    },
  })
  return { input: new PassThrough(), output, shown: () => written.join('') }
}

t.test('what is typed is taken, corrected and not shown', async (t) => {
  const { input, output, shown } = terminal()
  const typed = askSecret('Password: ', input, output)
  input.write('falsch\u0015gehX\u007feim 1ü\r')
  t.equal(await typed, 'geheim 1ü')
  t.equal(shown(), 'Password: \n')
})

t.test('Ctrl-C and the end of input are no password', async (t) => {
  for (const end of ['geh\u0003', '\u0004']) {
    const { input, output } = terminal()
    const typed = askSecret('Password: ', input, output)
    input.write(end)
    const refusal = await typed.catch((error: unknown) => error)
    t.ok(isBoxError(refusal, 'INTERRUPTED'))
  }
})
