import t from 'tap'
import { projectFiles, textOf } from './tree.ts'

/** Text files, with what was not written by us left out. */
const files = projectFiles().filter((path) => !/\.(png|gz|zst|gpg)$|^package-lock\.json$/.test(path))

/**
 * Hosts that a document may name: names reserved for examples (RFC 2606), names inside namespaces of XML and JSON
 * Schema, which nobody fetches, and pages that explain a decision.
 */
const namedHosts = [
  /(^|\.)(example(\.(org|com|net))?|invalid|test|lan)$/,
  /^localhost$/,
  /^(json-schema\.org|cyclonedx\.org|www\.w3\.org|spdx\.org|www\.metaventis\.com)$/,
  /^(www\.debian\.org|sqlite\.org|no-color\.org|www\.rfc-editor\.org)$/,
]

function findings(pattern: RegExp, judge: (match: RegExpMatchArray) => boolean): readonly string[] {
  return files.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(pattern)].filter(judge).map((match) => `${path}:${index + 1} ${match[0]}`),
      ),
  )
}

t.test('no mirror, registry or other host of the internet is written down', async (t) => {
  const address = /\b(?:https?|ftp|git|ssh):\/\/(?<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,}|localhost)/g
  t.strictSame(
    findings(address, ({ groups }) => !namedHosts.some((known) => known.test(groups?.['host'] ?? ''))),
    [],
  )
  const mirrors = new RegExp(
    String.raw`\b(?!www\.)[a-z0-9.-]*\b(?<!www\.)(debian\.${'org'}|ubuntu\.${'com'}|npmjs\.${'org'}|npmjs\.${'com'})\b`,
    'g',
  )
  t.strictSame(
    findings(mirrors, () => true),
    [],
  )
})

t.test('no path of one particular machine is written down', async (t) => {
  const places = new RegExp(String.raw`(?<![\w.])/(${'wo'}rk|home/[a-z]+|Users)/[\w.-]*`, 'g')
  t.strictSame(
    findings(places, () => true),
    [],
  )
})

t.test('the lock file names no host', async (t) => {
  t.notMatch(textOf('package-lock.json'), /"resolved"/)
})
