/**
 * From which package archives an image is made: read from the machine's own apt configuration, so that the project
 * names none. Pure.
 */

/** The Debian release inside the image. */
export const release = 'trixie'

const components = ['main', 'non-free-firmware']

/** Releases under which a building machine may name its archives; whatever else stands there is not Debian's. */
const debianSuites = [
  'bullseye',
  'bookworm',
  'trixie',
  'forky',
  'oldoldstable',
  'oldstable',
  'stable',
  'testing',
  'sid',
]

export interface Archive {
  /** As apt itself writes it, without a slash at the end. */
  readonly uri: string
  /** `trixie`, `trixie-updates` or `trixie-security`. */
  readonly suite: string
}

export interface AptFile {
  readonly path: string
  readonly text: string
}

interface Entry {
  readonly types: readonly string[]
  readonly uris: readonly string[]
  readonly suites: readonly string[]
  readonly components: readonly string[]
  readonly signedBy: string
  readonly enabled: boolean
}

/** The Debian archives of apt's source files (`*.list` and deb822 `*.sources`), with the image's release. */
export function archivesOf(files: readonly AptFile[]): readonly Archive[] {
  const entries = files.flatMap(({ path, text }) => (path.endsWith('.sources') ? deb822(text) : oneLine(text)))
  const found = entries
    .filter((entry) => entry.enabled && entry.types.includes('deb') && entry.components.includes('main'))
    // A foreign archive has its own key; it could not be checked against Debian's anyway.
    .filter((entry) => entry.signedBy === '' || entry.signedBy.includes('debian-archive'))
    .flatMap((entry) => entry.uris.flatMap((uri) => entry.suites.map((suite) => ({ uri, suite }))))
    .flatMap(({ uri, suite }) => {
      const [name = '', ...rest] = suite.split(/[-/]/)
      const kind = rest.join('-')
      if (!debianSuites.includes(name) || !['', 'updates', 'security'].includes(kind)) return []
      return [{ uri: asAptWrites(uri), suite: kind === '' ? release : `${release}-${kind}` }]
    })
  return unique(found)
}

/** The archives behind `--mirror`: an address ending in `-security` is the security archive, any other Debian's main one. */
export function archivesAt(mirrors: readonly string[]): readonly Archive[] {
  const found = mirrors.map(asAptWrites).flatMap((uri) =>
    uri.endsWith('-security')
      ? [{ uri, suite: `${release}-security` }]
      : [
          { uri, suite: release },
          { uri, suite: `${release}-updates` },
        ],
  )
  return unique(found)
}

/** Are updates that mend holes among what the archives offer? */
export const withSecurity = (archives: readonly Archive[]): boolean =>
  archives.some(({ suite }) => suite === `${release}-security`)

/** One-line sources for apt; only Debian's own keys are believed. */
export function sourcesList(archives: readonly Archive[], keyring: string): string {
  return archives
    .map(({ uri, suite }) => `deb [signed-by=${keyring}] ${uri} ${suite} ${components.join(' ')}\n`)
    .join('')
}

/** `deb [options] uri suite component…` */
function oneLine(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line)
    if (match === null) return []
    const [, type = '', options = '', uri = '', suite = '', rest = ''] = match
    const signedBy = /signed-by=(\S+)/i.exec(options)?.[1] ?? ''
    return [{ types: [type], uris: [uri], suites: [suite], components: words(rest), signedBy, enabled: true }]
  })
}

/** Paragraphs of `Field: value`, continued by indented lines; comment lines may stand inside a paragraph. */
function deb822(text: string): readonly Entry[] {
  const plain = text.replace(/^#.*\n?/gm, '')
  return plain.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = new Map(
      [...paragraph.matchAll(/^([A-Za-z-]+):((?:.*(?:\n[ \t].*)*))/gm)].map(([, name = '', value = '']) => [
        name.toLowerCase(),
        value.trim(),
      ]),
    )
    if (!fields.has('uris')) return []
    return [
      {
        types: words(fields.get('types')),
        uris: words(fields.get('uris')),
        suites: words(fields.get('suites')),
        components: words(fields.get('components')),
        signedBy: fields.get('signed-by') ?? '',
        enabled: !/^(no|false|off|0)$/i.test(fields.get('enabled') ?? 'yes'),
      },
    ]
  })
}

const words = (text = ''): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

/** apt leaves an empty host out: `file:///srv` is `file:/srv` in all that it prints, and so is the way to a list of mirrors. */
const asAptWrites = (uri: string): string => uri.replace(/\/+$/, '').replace(/^([a-z+]+:)\/\/\/+/, '$1/')

function unique(archives: readonly Archive[]): readonly Archive[] {
  return [...new Map(archives.map((archive) => [`${archive.uri} ${archive.suite}`, archive])).values()]
}
