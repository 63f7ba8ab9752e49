/** At least two labels, the last one no number: an IP address is no domain. Underscores occur in real lists. */
const domain =
  /^(?=.{3,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** `example.com##.banner`: hides a part of a page, which no resolver can. */
const partOfPage = /#@?[#?$%]#?/
/** A line of a hosts file: an address and the names that lead there. */
const hostsLine = /^(?:0\.0\.0\.0|127\.0\.0\.1|::1?|0:0:0:0:0:0:0:[01])\s+(.+)$/
/** What hosts files say of the machine itself. */
const ownNames = /^(?:localhost|local|broadcasthost|0\.0\.0\.0|ip6-[a-z]+|localhost\.localdomain)$/
/** A rule of Adblock for a whole domain; options that leave it so are allowed. */
const adblockLine = /^\|\|([^/^*|$]+)\^?(?:\$(?:important|all|document|popup|,)+)?$/

/**
 * Reads one line of a list: a domain, a line of a hosts file, or a rule of Adblock for a whole domain.
 * @returns the domains; none for an empty line or a remark; undefined for what blocks no domain.
 */
export function readEntry(line: string): readonly string[] | undefined {
  // Nearly every line of a long list.
  if (domain.test(line)) return [line]
  const trimmed = line.trim()
  if (trimmed.startsWith('!') || /^\[.*\]$/.test(trimmed)) return []
  if (partOfPage.test(trimmed)) return undefined
  const rule = adblockLine.exec(trimmed)?.[1]
  const written = rule ?? uncommented(trimmed)
  const names = hostsLine
    .exec(written)?.[1]
    ?.split(/\s+/)
    .filter((name) => !ownNames.test(name)) ?? [written]
  const read = names.map((name) => readDomain(name))
  return read.includes(undefined) ? undefined : (read.filter((name) => name !== undefined && name !== '') as string[])
}

/** A remark stands at the beginning of a line or behind a blank. */
const uncommented = (line: string): string => line.replace(/(?:^|\s)#.*$/, '').trim()

/**
 * Reads one domain, perhaps with `*.`, `.` or a closing dot around it, in any case, with umlauts.
 * @returns the domain in lower case and ASCII; '' for nothing; undefined for what is no domain.
 */
export function readDomain(text: string): string | undefined {
  const written = text.trim()
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
