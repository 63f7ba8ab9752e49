/** At least two labels, the last one no number: an IP address is no domain. Underscores occur in real lists. */
const domain =
  /^(?=.{3,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads one line of a list: a domain, perhaps with `*.`, `.` or a closing dot around it, in any case, with umlauts.
 * @returns the domain in lower case and ASCII; '' for an empty line or comment; undefined for what is no domain.
 */
export function readDomain(line: string): string | undefined {
  const comment = line.indexOf('#')
  const written = (comment === -1 ? line : line.slice(0, comment)).trim()
  if (written === '' || domain.test(written)) return written
  const bare = written
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (domain.test(bare)) return bare
  return /[^\0-\u{7f}]/u.test(bare) ? asciiOf(bare) : undefined
}

/** `müller.de` as it is asked for on the wire. */
function asciiOf(name: string): string | undefined {
  const url = URL.parse(`http://${name}/`)
  return url !== null && domain.test(url.hostname) && url.pathname === '/' ? url.hostname : undefined
}

/** The domains above a domain, nearest first: `a.b.example.org` gives `b.example.org`, `example.org`. */
export function* parentsOf(name: string): Generator<string> {
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const parent = name.slice(dot + 1)
    if (!parent.includes('.')) return
    yield parent
  }
}
