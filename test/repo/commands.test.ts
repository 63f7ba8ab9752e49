import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { exitStatus } from '../../agent/errors.ts'
import { localSystem } from '../../agent/system/local.ts'
import { argumentsOf } from '../../cli/arguments.ts'
import { commands } from '../../cli/commands/index.ts'
import { exitStatusText, overview } from '../../cli/help.ts'
import { parseInput } from '../../cli/program.ts'
import { golden } from '../support/golden.ts'
import { runWords } from '../support/shell.ts'
import { manual } from './manual.ts'
import { projectFiles, root, textOf } from './tree.ts'

const loaded = await Promise.all(
  commands.map(async (listing) => ({
    name: `${listing.noun} ${listing.verb}`,
    listing,
    command: await listing.load(),
  })),
)

t.test('nouns and verbs are single words, each pair once, verbs of a noun together', async (t) => {
  t.ok(loaded.length > 0)
  const names = loaded.map(({ name }) => name)
  t.strictSame(names, [...new Set(names)])
  for (const name of names) t.match(name, /^[a-z]+ [a-z]+$/)
  const nouns = commands.map(({ noun }) => noun)
  t.strictSame(
    nouns.filter((noun, index) => noun !== nouns[index - 1]),
    [...new Set(nouns)],
  )
})

t.test('every command explains itself', async (t) => {
  for (const { name, listing, command } of loaded) {
    t.match(listing.summary, /^[A-Z].*[^.]$/, `${name}: summary without a full stop`)
    t.match(command.description, /^[A-Z].*\w/, `${name}: says what it does`)
    t.ok(command.examples.length > 0, `${name}: has an example`)
    for (const argument of argumentsOf(command)) {
      t.match(argument.description, /\S/, `${name}: ${argument.label} is described`)
    }
    for (const key of command.positionals) t.ok(key in command.input.shape, `${name}: ${key} is in its schema`)
  }
})

t.test('every example is a legal command line', async (t) => {
  for (const { name, command } of loaded) {
    for (const { line } of command.examples) {
      const words = wordsOf(line)
      t.equal(words.slice(0, 2).join(' '), name, `${line}: shows its own command`)
      const known = loaded.find((candidate) => candidate.name === words.slice(0, 2).join(' '))
      if (known !== undefined) await t.resolves(parseInput(known.listing, known.command, words.slice(2)), line)
    }
  }
})

t.test('help of the program and of every command is as it was agreed', async (t) => {
  golden(t, 'cli/help.txt', overview([], commands) ?? '')
  for (const { listing } of loaded) {
    const { status, out } = await runWords([listing.noun, listing.verb, '--help'], commands)
    t.equal(status, 0)
    golden(t, `cli/help/${listing.noun}-${listing.verb}.txt`, out)
  }
  const shown = projectFiles().filter((path) => path.startsWith('test/golden/cli/help/'))
  const wanted = loaded.map(({ listing }) => `test/golden/cli/help/${listing.noun}-${listing.verb}.txt`)
  t.strictSame(
    shown.filter((path) => !wanted.includes(path)),
    [],
    'no help of a command that is gone',
  )
})

t.test('the help tells every exit status', async (t) => {
  const told = exitStatusText.match(/\b\d+\b/g)?.map(Number)
  t.strictSame(told, Object.values(exitStatus))
})

t.test('docs/commands.md is what the commands say', async (t) => {
  const file = join(root, 'docs/commands.md')
  if (process.env['UPDATE'] === '1') writeFileSync(file, manual(loaded))
  t.ok(existsSync(file), 'UPDATE=1 writes it')
  t.equal(readFileSync(file, 'utf8'), manual(loaded), 'UPDATE=1 writes it anew')
})

t.test('every command that stands in a document can be typed as it stands there', async (t) => {
  const pages = projectFiles().filter((path) => path.endsWith('.md') && path !== 'docs/commands.md')
  const lines = pages.flatMap((path) => commandLines(textOf(path)).map((line) => ({ path, line })))
  for (const { path, line } of lines) {
    const words = wordsOf(line)
    if (words.includes('--help')) continue
    const known = loaded.find(({ name }) => name === words.slice(0, 2).join(' '))
    if (known === undefined) t.fail(`${path}: there is no command iserv-ctl ${line}`)
    // A bare name speaks of the command; it is not meant to be typed as it stands.
    else if (words.length > 2) {
      await t.resolves(parseInput(known.listing, known.command, words.slice(2)), `${path}: iserv-ctl ${line}`)
    }
  }
})

t.test('what a document shows and needs no box does what it says', async (t) => {
  const lines = projectFiles()
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => commandLines(textOf(path)))
  const files = new Set(projectFiles())
  const runnable = [...new Set(lines)].filter((line) => {
    const [noun, verb, file = ''] = wordsOf(line)
    return `${noun} ${verb}` === 'state schema' || (`${noun} ${verb}` === 'state check' && files.has(file))
  })
  t.ok(runnable.length > 0)
  for (const line of runnable) {
    const context = { system: localSystem(), folder: root }
    t.equal((await runWords(wordsOf(line), commands, { context })).status, 0, line)
  }
})

/** The words that a shell would hand over: quotes removed, up to a pipe or redirection. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/'[^']*'|"[^"]*"|\S+/g)?.map((word) => word.replaceAll(/['"]/g, '')) ?? []
  const end = words.findIndex((word) => /^[|<>]/.test(word))
  return end === -1 ? words : words.slice(0, end)
}

/** What follows `iserv-ctl` in code blocks, where a line begins with it, and in `code`. */
function commandLines(page: string): readonly string[] {
  const typed = page.matchAll(
    /^\s*(?:[$#] )?(?:sudo )?(?:npx )?iserv-ctl (?<line>[^|<>#\n]+?)(?:\s{2,}.*|\s*[|<>#].*)?$/gm,
  )
  const named = page.matchAll(/`(?:sudo )?(?:npx )?iserv-ctl (?<line>[^`…]+)`/g)
  return [...typed, ...named]
    .map(({ groups }) => groups?.['line']?.trim() ?? '')
    .filter((line) => /^[a-z]+ [a-z]/.test(line))
}
