import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix, join } from 'node:path'

/** The project as text: what the house rules read. */

export const root = join(import.meta.dirname, '../..')

/** Paths of all files that are, or would be, part of the project. */
export function projectFiles(): readonly string[] {
  const { stdout, status } = spawnSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error('The house rules read the list of files from git; run them in a clone.')
  return [...new Set(stdout.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).toSorted()
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** TypeScript of the product, without the tests. */
export function productFiles(): readonly string[] {
  return projectFiles().filter((path) => /^(agent|cli)\/.*\.ts$/.test(path))
}

export interface Import {
  readonly from: string
  /** A path of the project, or the name of a package: `zod`, `node:path`. */
  readonly to: string
  /** Types only: gone at run time. */
  readonly types: boolean
  /** At run time, when that line is reached. */
  readonly late: boolean
}

const pattern =
  /^(?:import|export)\s+(?<types>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<name>[^']+)'|\b(?:import|getBuiltinModule)\(\s*'(?<late>[^']+)'/gm

/** What a file imports, read off its text. */
export function importsOf(path: string): readonly Import[] {
  return [...textOf(path).matchAll(pattern)].map(({ groups = {} }) => {
    const name = groups['late'] ?? groups['name'] ?? ''
    return {
      from: path,
      to: name.startsWith('.') ? posix.join(posix.dirname(path), name) : name,
      types: groups['types'] !== undefined,
      late: groups['late'] !== undefined,
    }
  })
}

/** Files that are started as processes of their own. */
export const programs: readonly string[] = [
  'agent/main.ts',
  'agent/platform/server/main.ts',
  'agent/setup-keys.ts',
  'agent/system/query.ts',
  'cli/lab/hand.ts',
  'cli/lab/internet.ts',
  'cli/lab/reach.ts',
  'cli/main.ts',
  'cli/process.ts',
]

/** A program that may run where nothing else of the project is: it imports Node's own modules only. */
export function standsAlone(path: string): boolean {
  return programs.includes(path) && importsOf(path).every(({ to }) => to.startsWith('node:'))
}
