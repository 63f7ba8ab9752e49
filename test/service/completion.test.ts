import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { argumentsOf } from '../../cli/arguments.ts'
import { bashScript, fishScript, zshScript } from '../../cli/completion.ts'
import { list } from '../unit/cli/commands.ts'

const starter = join(import.meta.dirname, '../../iserv-ctl')

const known = await Promise.all(
  list.map(async ({ noun, verb, summary, load }) => ({ noun, verb, summary, arguments: argumentsOf(await load()) })),
)

/**
 * Types into a shell on a terminal of its own, as a person would, tabulator and all. Each step waits until the shell has
 * written its text before the next is typed.
 */
function typeInto(argv: string, env: Readonly<Record<string, string>>, steps: readonly (readonly [string, RegExp])[]) {
  return new Promise<string>((resolve, reject) => {
    const shell = spawn('script', ['-qec', argv, '/dev/null'], { env: { ...process.env, TERM: 'dumb', ...env } })
    const waiting = [...steps]
    let seen = ''
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      // zsh steps back with the cursor where it may still change a blank.
      seen += text.replaceAll('\b', '')
      const [next] = waiting
      if (next?.[1].test(seen) !== true) return
      waiting.shift()
      shell.stdin.write(next[0])
    })
    shell.on('error', reject)
    shell.on('close', () => (waiting.length === 0 ? resolve(seen) : reject(new Error(`the shell only said: ${seen}`))))
  })
}

/** What is typed: word beginnings and tabulators; what the shell must have written before each. */
const steps: readonly (readonly [string, RegExp])[] = [
  ['iserv-ctl wor', /> $/],
  ['d\t', /wor$/],
  ['ec\t', /word $/],
  ['r214 --for-t\t', /echo $/],
  ['5m --shell fi\t', /--for-time $/],
  ['\n', /fish $/],
  ['exit\n', /got word echo r214 --for-time 5m --shell fish\./],
]

t.test('bash completes nouns, verbs, options and fixed values', async (t) => {
  const folder = t.testdir({
    completion: bashScript(known),
    rc: `source completion; iserv-ctl() { echo "got $*."; }; PS1='> '; bind 'set enable-bracketed-paste off'`,
  })
  const told = await typeInto(`cd ${folder} && bash --noprofile --rcfile rc -i`, {}, steps)
  t.match(told, /got word echo r214 --for-time 5m --shell fish\./)
})

t.test('zsh completes nouns, verbs, options and fixed values', async (t) => {
  const folder = t.testdir({
    completion: zshScript(known),
    '.zshrc': `autoload -Uz compinit; compinit -u -D; source $ZDOTDIR/completion; unset zle_bracketed_paste
      iserv-ctl() { echo "got $*." }; PS1='> '`,
  })
  const told = await typeInto('zsh -i', { ZDOTDIR: folder }, steps)
  t.match(told, /got word echo r214 --for-time 5m --shell fish\./)
})

t.test('fish completes nouns, verbs, options and fixed values, and file names', async (t) => {
  const folder = t.testdir({ completion: fishScript(known), 'school.yaml': '' })
  const complete = (line: string): readonly string[] => {
    const { stdout } = spawnSync('fish', ['--no-config', '-c', `source completion; complete -C '${line}'`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    })
    return stdout.trim().split('\n').filter(Boolean)
  }
  t.strictSame(complete('iserv-ctl wor'), ['word', 'work'])
  t.strictSame(complete('iserv-ctl word e'), ['echo\tShow the words'])
  t.strictSame(complete('iserv-ctl word echo --for'), ['--for-time\tHow long.'])
  t.match(complete('iserv-ctl word echo --shell f')[0], /^fish/)
  t.strictSame(complete('iserv-ctl word echo sch'), ['school.yaml'])
})

t.test('the command prints scripts that the shells accept', async (t) => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout, status } = spawnSync(starter, ['completion', shell], { encoding: 'utf8' })
    t.equal(status, 0)
    const folder = t.testdir({ script: stdout })
    t.equal(spawnSync(shell, ['-n', join(folder, 'script')]).status, 0, shell)
  }
})
