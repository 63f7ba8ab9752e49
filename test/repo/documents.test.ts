import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { readPages } from '../../cli/commands/guide/pages.ts'
import { projectFiles, root, textOf } from './tree.ts'

const pages = projectFiles().filter((path) => path.endsWith('.md'))

t.test('decisions are numbered, each once, and listed in that order', async (t) => {
  const decisions = pages.filter((path) => /^docs\/decisions\/\d/.test(path))
  t.ok(decisions.length > 0)
  const index = textOf('docs/decisions/README.md')
  const names = decisions.map((path) => path.slice('docs/decisions/'.length))
  const listed = [...index.matchAll(/^\| \[(?<number>\d+)\]\((?<name>[^)]+)\)/gm)].map(({ groups }) => groups)
  t.strictSame(
    listed.map((row) => row?.['name']),
    names,
  )
  t.equal(new Set(names.map((name) => name.slice(0, 4))).size, names.length, 'no number is given twice')
  for (const [position, path] of decisions.entries()) {
    const name = names[position] ?? ''
    t.match(name, /^\d{4}-[a-z0-9-]+\.md$/)
    t.equal(listed[position]?.['number'], String(Number(name.slice(0, 4))))
    t.match(textOf(path), /^# \d+\. \S[^]*## Why[^]*/, `${name}: a title and its reasons`)
    t.equal(/^# (\d+)/.exec(textOf(path))?.[1], String(Number(name.slice(0, 4))), `${name}: its title has its number`)
  }
})

t.test('links between pages lead somewhere', async (t) => {
  for (const page of pages) {
    for (const { groups } of textOf(page).matchAll(/\]\((?<target>[^)#\s]+)(?:#[^)]*)?\)/g)) {
      const target = groups?.['target'] ?? ''
      if (!/^[a-z]+:/.test(target)) t.ok(existsSync(join(root, dirname(page), target)), `${page}: ${target}`)
    }
  }
})

t.test('the pages that texts name can be shown on every server', async (t) => {
  const shown = new Set((await readPages(localSystem().files)).map(({ name }) => name))
  const code = projectFiles().filter((path) => /^(?:agent|cli)\/.*\.ts$/.test(path) || path.endsWith('.md'))
  const named = code.flatMap((path) => {
    const words = textOf(path).matchAll(/iserv-ctl guide show (?<page>[a-z][a-z0-9/-]*)/g)
    return [...words].map(({ groups }) => ({ path, page: groups?.['page'] ?? '' }))
  })
  t.ok(named.length > 0)
  for (const { path, page } of named) t.ok(shown.has(page), `${path}: ${page}`)
  const told = code.filter((path) => path.endsWith('.ts') && /'[^'\n]*\bdocs\/[a-z-]+\.md/.test(textOf(path)))
  t.strictSame(told, [], 'no text sends its reader to a file that only a checkout has')
})

t.test('the guide says the same in both languages: page by page, command by command', async (t) => {
  const commandsOf = (path: string) => textOf(path).match(/^(?:sudo )?iserv-ctl [a-z]+ [a-z]+/gm) ?? []
  const german = pages.filter((path) => path.startsWith('docs/administrator/de/'))
  const english = pages.filter((path) => path.startsWith('docs/administrator/en/'))
  t.ok(german.length > 0)
  t.equal(english.length, german.length)
  for (const [index, path] of german.entries()) {
    t.strictSame(commandsOf(path), commandsOf(english[index] ?? ''), `${path} and ${english[index] ?? 'nothing'}`)
  }
})
