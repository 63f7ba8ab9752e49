import type { Argv } from '../../agent/system/system.ts'

/** Argument lists of the programs a build runs. */

/** apt with a state of its own, so that neither the machine's package lists nor its settings play a part. */
export function aptConfiguration(folder: string, acquire: string): string {
  return `Dir "${folder}";
Dir::State "${folder}";
Dir::State::status "${folder}/status";
Dir::Cache "${folder}/cache";
Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::main "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Etc::trusted "/dev/null";
Dir::Etc::trustedparts "/dev/null";
APT::Architecture "amd64";
APT::Architectures "amd64";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::ForceHash "SHA256";
${acquire}`
}

/** Of the machine's settings only how it reaches an archive, and whether it accepts a frozen one. */
export function acquireSettings(dump: string): string {
  const wanted = /^Acquire::(https?::(Proxy|Timeout|CaInfo)|Check-Valid-Until|Check-Date)\S*? "/
  return dump
    .split('\n')
    .filter((line) => wanted.test(line))
    .map((line) => `${line}\n`)
    .join('')
}

export const aptUpdate: Argv = ['apt-get', 'update', '--error-on=any']

/**
 * Names every package with its address and checksum, and changes nothing. apt counts itself among the essential ones;
 * mmdebstrap does not, and nobody installs packages on a box.
 */
export const aptResolve = (names: readonly string[]): Argv => [
  'apt-get',
  'install',
  '--print-uris',
  '--quiet=2',
  '--yes',
  '?and(?essential,?not(?exact-name(apt)))',
  ...names,
]

export const aptFetch = (files: readonly { uri: string; file: string; sha256: string }[]): Argv => [
  '/usr/lib/apt/apt-helper',
  'download-file',
  ...files.flatMap(({ uri, file, sha256 }) => [uri, file, `SHA256:${sha256}`]),
]

/** A private mount and process namespace that ends with its first program: then no other one and no mount stays. */
export const contained: readonly [string, ...string[]] = [
  'unshare',
  '--mount',
  '--propagation',
  'private',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
]

export interface TreeHooks {
  /** Once the essential packages are in the tree. */
  readonly essential?: string
  /** When all packages are. */
  readonly last?: string
}

export interface TreeOptions {
  readonly release: string
  readonly tree: string
  readonly sourcesFile: string
  readonly packages: readonly string[]
  /** Executables called with the tree as their argument. */
  readonly hooks: TreeHooks
}

export const mmdebstrap = ({ release, tree, sourcesFile, packages, hooks }: TreeOptions): Argv => [
  ...contained,
  'mmdebstrap',
  '--mode=root',
  '--variant=essential',
  '--format=directory',
  '--architectures=amd64',
  '--verbose',
  '--aptopt=APT::Install-Recommends "false"',
  '--aptopt=Acquire::Languages "none"',
  '--aptopt=Dir::Cache::pkgcache ""',
  '--aptopt=Dir::Cache::srcpkgcache ""',
  // The tree is thrown away when the build breaks; only the finished one is renamed into the cache.
  '--dpkgopt=force-unsafe-io',
  ...(hooks.essential === undefined ? [] : [`--essential-hook=${hooks.essential}`]),
  ...(hooks.last === undefined ? [] : [`--customize-hook=${hooks.last}`]),
  `--include=${packages.join(',')}`,
  release,
  tree,
  sourcesFile,
]

/** A program of a Debian tree, run with the tree's own libraries but on this machine's files: no chroot, no mounts. */
export function toolOf(tree: string, program: string, ...rest: readonly string[]): Argv {
  const libraries = `${tree}/usr/lib/x86_64-linux-gnu`
  return [
    `${libraries}/ld-linux-x86-64.so.2`,
    '--library-path',
    `${libraries}:${libraries}/systemd`,
    `${tree}/usr/${program}`,
    ...rest,
  ]
}
