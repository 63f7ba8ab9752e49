import t from 'tap'
import { overview } from '../../../cli/help.ts'
import { golden } from '../../support/golden.ts'
import { runWords } from '../../support/shell.ts'
import { list } from './commands.ts'

const run = (line: string) => runWords(line.split(' ').filter(Boolean), list)

t.test('values of every kind arrive in the command', async (t) => {
  const line = 'word echo r214 a b --for-time 5m --count=3 --shell fish --tag x --tag y --loud --no-probe --json'
  const { status, out, err } = await run(line)
  t.equal(status, 0)
  t.equal(err, '')
  t.strictSame(JSON.parse(out), {
    room: 'r214',
    rest: [
      { name: 'more', value: 'a,b' },
      { name: 'forTime', value: '5m' },
      { name: 'count', value: '3' },
      { name: 'shell', value: 'fish' },
      { name: 'tag', value: 'x,y' },
      { name: 'loud', value: 'true' },
      { name: 'probe', value: 'false' },
    ],
  })
})

t.test('what is not given has its default', async (t) => {
  const { out } = await run('word echo r214')
  t.match(out, /forTime +45m\n/)
  t.match(out, /probe +true\n/)
  t.match(out, /loud +false\n/)
})

t.test('words after -- are words', async (t) => {
  const { status, out } = await run('word echo r214 -- --loud --json')
  t.equal(status, 0)
  t.match(out, /more +--loud,--json\n/)
})

t.test('an option that is none, where further words may stand, may be meant for another program', async (t) => {
  t.match((await run('word echo r214 curl -sf x')).err, /-sf +unknown option\n +Put -- in front of words/)
})

t.test('the result decides the status', async (t) => {
  t.equal((await run('word echo r6')).status, 6)
})

t.test('all mistakes of a line are told at once', async (t) => {
  const { status, out, err } = await run('word echo R_1 --for-time soon --count 9 --shell bahs --tag')
  t.equal(status, 2)
  t.equal(out, '')
  golden(t, 'cli/usage-values.txt', err)
  golden(t, 'cli/usage-unknown.txt', (await run('word echo r1 --lodu --cuont 3 --shell')).err)
  golden(t, 'cli/usage-missing.txt', (await run('word echo')).err)
})

t.test('a wrong noun or verb is answered with the nearest', async (t) => {
  t.match((await run('wrod echo x')).err, /Did you mean iserv-ctl word echo\?/)
  t.match((await run('wordd x')).err, /Did you mean iserv-ctl word\?/)
  t.match((await run('word ehco')).err, /Did you mean iserv-ctl word echo\?/)
  t.match((await run('stop')).err, /Did you mean iserv-ctl work stop\?/)
  const lost = await run('zzzzzzzz')
  t.match(lost.err, /See iserv-ctl --help/)
  t.equal(lost.status, 2)
})

t.test('help of the program, a noun, a command', async (t) => {
  for (const words of [[], ['--help'], ['help'], ['-h']]) t.match(overview(words, list), /^Usage: iserv-ctl NOUN VERB/)
  for (const words of [['word'], ['word', '--help']]) t.match(overview(words, list), /^Usage: iserv-ctl word VERB/)
  for (const words of [['word', 'echo'], ['wrod'], ['--json']]) t.equal(overview(words, list), undefined)
  golden(t, 'cli/command-help.txt', (await run('word echo --help')).out)
  t.equal((await run('--version')).out, 'iserv-ctl 1.2.3\n')
})

t.test('a foreseen failure says what, where, why and what to do', async (t) => {
  const { status, out, err } = await run('word fail')
  t.equal(status, 3)
  t.equal(out, '')
  golden(t, 'cli/failure.txt', err)
})

t.test('with --json a failure is one object on standard output', async (t) => {
  const { status, out, err } = await run('word fail --json')
  t.equal(status, 3)
  t.equal(err, '')
  golden(t, 'cli/failure.json', out)
})

t.test('whatever was not foreseen is a bug and shows its stack', async (t) => {
  const { status, err } = await run('word break')
  t.equal(status, 1)
  t.match(err, /TypeError: oh\n +at /)
  t.match(err, /Please report it/)
  const json = await run('word break --json')
  t.equal(JSON.parse(json.out).error.code, 'BUG')
  t.match(json.err, /TypeError: oh/)
})

t.test('who interrupts learns what is done and how to go on', async (t) => {
  const options = { signal: AbortSignal.abort(), story: { done: ['host', 'packages'], current: 'base' } }
  const { status, err } = await runWords(['work', 'stop'], list, options)
  t.equal(status, 130)
  golden(t, 'cli/interrupted.txt', err)
})
