import { BoxError } from '../../agent/errors.ts'

/**
 * What apt, mmdebstrap and the image tools mean when they fail. They tell it in words only, which they keep the same
 * under LC_ALL=C. Pure.
 */

type Reading = (match: RegExpExecArray) => BoxError

const readings: readonly (readonly [RegExp, Reading])[] = [
  [
    /No space left on device/,
    () =>
      new BoxError('DISK_FULL', 'No space was left on a disk', {
        hint: 'df -h shows which one is full: free some space there and build again; what is cached so far is kept.',
      }),
  ],
  [
    /(?:NO_PUBKEY|EXPKEYSIG|BADSIG|is not signed|[Ss]ub-process \S*(?:gpgv|sqv) (?:returned|received)|[Mm]issing key|signatures? (?:was|were|couldn)).*/,
    ([words = '']) =>
      new BoxError('SIGNATURE_WRONG', `A package archive is not signed by Debian: ${words.slice(0, 200)}`, {
        hint: 'Install the newest debian-archive-keyring; if that is the newest, do not trust this mirror: --mirror names another.',
      }),
  ],
  [
    /(?:Hash Sum mismatch|Hashes of expected file|does not match expected hash).*/,
    ([words = '']) =>
      new BoxError('SIGNATURE_WRONG', `A downloaded file is not what the archive's index promises: ${words}`, {
        hint: 'The mirror may just be updating: try again in some minutes, or name another with --mirror.',
      }),
  ],
  [
    /Unable to locate package (\S+)|Package '?(\S+?)'? has no installation candidate|Couldn't find any package by \w+ '([^']+)'/,
    ([, located, candidate, glob]) => {
      const name = located ?? candidate ?? glob ?? ''
      return new BoxError('PACKAGE_MISSING', `The archive has no package "${name}"`, {
        hint: `Correct the name in image/*/packages.list; iserv-ctl takes packages of Debian 13, sections main and non-free-firmware.`,
      })
    },
  ],
  [
    /404\s+Not Found.*/,
    () =>
      new BoxError('PACKAGE_MISSING', 'The archive no longer has a file that its index named', {
        hint: 'The mirror may just be updating: try again in some minutes, or name another with --mirror.',
      }),
  ],
  [
    /^.*(?:Depends: \S+.*but it is not (?:installable|going to be installed)|unmet dependencies).*$/m,
    ([words = '']) =>
      new BoxError('PACKAGE_MISSING', `The packages do not fit together: ${words.trim()}`, {
        hint: 'A mirror in the middle of its update looks like this too: try again in some minutes.',
      }),
  ],
  [
    /(?:Could not (?:resolve|connect to)|Temporary failure resolving|Unable to connect to|Connection (?:failed|timed out|refused)|Failed to fetch|Network is unreachable|does not have a Release file).*/,
    ([words = '']) =>
      new BoxError('MIRROR_UNREACHABLE', `The package archive does not answer: ${words.slice(0, 200)}`, {
        hint: "Check this machine's network and /etc/apt, or name another mirror: --mirror URL.",
      }),
  ],
]

/** The foreseen failure that a program's output tells of, if any. */
export function troubleIn(output: string): BoxError | undefined {
  for (const [pattern, read] of readings) {
    const match = pattern.exec(output)
    if (match !== null) return read(match)
  }
  return undefined
}
