import type { RenderedFile } from '../../engine/resource.ts'
import { digestOf } from './digest.ts'
import { markerLine, markerZone } from './marker.ts'
import { blockedFile, currentFolder, emptyFile, onlyFile } from './paths.ts'
import type { DnsDesired, Listener, LocalRecord } from './schema.ts'

/**
 * unbound.conf and names.conf. What is the same in every school stands in the image's /etc/unbound/unbound.conf, which
 * includes these. Without the compiled lists the resolver still starts.
 */
export function render(desired: DnsDesired): readonly RenderedFile[] {
  const names = [
    ...zoneLines(desired),
    ...desired.records.map((record) => `  local-data: "${recordLine(record)}"`),
    `  ${markerLine('names', namesDigest(desired))}`,
  ]
  return [
    {
      path: 'unbound.conf',
      text: text([...mainLines(desired), `  ${markerLine('config', configDigest(desired))}`, ...clauses(desired)]),
    },
    { path: 'names.conf', text: text(names) },
  ]
}

/** Seconds a name of the house may be remembered elsewhere: a device that moves is found again soon. */
const nameLifetime = 300

export function recordLine({ name, type, value }: LocalRecord): string {
  return `${name} ${nameLifetime} IN ${type} ${value}`
}

/** Of what only a restart changes. */
export function listenDigest({ listeners }: DnsDesired): string {
  return digestOf(listeners.map(({ address, port }) => [address, port]))
}

/** Of the single names. */
export function namesDigest({ records }: DnsDesired): string {
  return digestOf(records.map(recordLine))
}

/** Of everything but single names, which can be changed one by one, and the lists, which tell of themselves. */
export function configDigest(desired: DnsDesired): string {
  return digestOf([mainLines(desired), zoneLines(desired), clauses(desired)])
}

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`

function mainLines(desired: DnsDesired): readonly string[] {
  const tags = desired.lists.lists.map((list) => list.name)
  return [
    'server:',
    ...desired.listeners.map(({ address, port }) => `  interface: ${address}@${port}`),
    ...(tags.length === 0 ? [] : [`  define-tag: "${tags.join(' ')}"`]),
    ...desired.listeners.flatMap(listenerLines),
    `  private-domain: "${desired.domain}"`,
    // The school's domain is in nobody's signed tree.
    ...[desired.domain, ...desired.timeServers].map((name) => `  domain-insecure: "${name}"`),
    `  local-zone: "${markerZone}" static`,
    `  ${markerLine('listen', listenDigest(desired))}`,
    `  include: "${currentFolder}/names.conf"`,
    `  include: "${ifThere(blockedFile(desired.lists.shape))}"`,
  ]
}

/** For loopback unbound's own rule stands: it is allowed, and nothing is filtered. */
function listenerLines({ address, port, tags, view }: Listener): readonly string[] {
  if (address === '127.0.0.1' || address === '::1') return []
  const place = `${address}@${port}`
  return [
    `  interface-action: ${place} allow`,
    ...(tags.length === 0 ? [] : [`  interface-tag: ${place} "${tags.join(' ')}"`]),
    ...(view === undefined ? [] : [`  interface-view: ${place} "${view}"`]),
  ]
}

function zoneLines({ domain, server, reverseZones, directory }: DnsDesired): readonly string[] {
  // Beside a directory, what the box does not know of the domain is the domain controller's to answer.
  const type = directory === undefined ? 'static' : 'typetransparent'
  return [
    ...(directory === undefined ? authority(domain, server) : []),
    ...reverseZones.flatMap((zone) => [`  local-zone: "${zone}" static`, ...authority(zone, server)]),
  ].toSpliced(0, 0, `  local-zone: "${domain}" ${type}`)
}

/** Gives negative answers a lifetime of a minute: a new device is not unknown for long. */
function authority(zone: string, server: string): readonly string[] {
  return [
    `  local-data: "${zone} ${nameLifetime} IN NS ${server}"`,
    `  local-data: "${zone} 60 IN SOA ${server} hostmaster.${server} 1 3600 1200 604800 60"`,
  ]
}

function clauses(desired: DnsDesired): readonly string[] {
  const { domain, reverseZones, directory, forwarders, lists, views } = desired
  return [
    ...views.flatMap(({ name, only, house }) => [
      'view:',
      `  name: "${name}"`,
      '  view-first: yes',
      ...[domain, ...reverseZones].map((zone) => `  local-zone: "${zone}" ${house ? 'noview' : 'always_nxdomain'}`),
      ...(only === undefined
        ? []
        : ['  local-zone: "." always_nxdomain', `  include: "${ifThere(onlyFile(lists.shape, only))}"`]),
    ]),
    ...(directory === undefined ? [] : ['stub-zone:', `  name: "${domain}"`, `  stub-addr: ${directory}`]),
    ...(forwarders.length === 0
      ? []
      : ['forward-zone:', '  name: "."', ...forwarders.map((address) => `  forward-addr: ${address}`)]),
  ]
}

/** This file, or none when it is not there: unbound wants at least one file to match, so an empty one is named too. */
function ifThere(path: string): string {
  return `{${emptyFile},${path}}`
}
