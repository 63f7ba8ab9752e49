import { isObject, objectOf, objectsOf, textOf } from './json.ts'
import type { Json, JsonObject } from './schema.ts'

/**
 * What is different between the configuration we want and the one Kea runs, a line for each. Kea fills in defaults and
 * may know more than we set: only what we set is compared, except that subnets and reservations of others are lines too.
 */
export function differences(wanted: JsonObject, running: JsonObject): readonly string[] {
  const { subnet4: wantedSubnets, ...wantedRest } = objectOf(wanted['Dhcp4'])
  const { subnet4: runningSubnets, ...runningRest } = objectOf(running['Dhcp4'])
  return [
    ...settings(wantedRest, runningRest, 'server'),
    ...pairs(objectsOf(wantedSubnets), objectsOf(runningSubnets), 'id').flatMap(([want, run]) =>
      subnetLines(want, run),
    ),
  ]
}

function subnetLines(want: JsonObject | undefined, run: JsonObject | undefined): readonly string[] {
  if (want === undefined) return [`- subnet ${textOf(run?.['subnet'])}`]
  const { reservations, ...rest } = want
  const name = textOf(objectOf(want['user-context'])['network'])
  const hosts = objectsOf(reservations)
  if (run === undefined) {
    return [
      `+ subnet ${name} ${textOf(want['subnet'])} with ${hosts.length} reservation${hosts.length === 1 ? '' : 's'}`,
    ]
  }
  return [
    ...settings(rest, run, `subnet ${name}`),
    ...pairs(hosts, objectsOf(run['reservations']), 'hw-address').flatMap(([one, other]) =>
      reservationLine(one, other),
    ),
  ]
}

function reservationLine(want: JsonObject | undefined, run: JsonObject | undefined): readonly string[] {
  if (want === undefined) return [`- reservation ${hostText(run ?? {})}`]
  if (run === undefined) return [`+ reservation ${hostText(want)}`]
  // An address that is no longer reserved is a key that we do not set.
  const same = want['hostname'] === run['hostname'] && want['ip-address'] === run['ip-address']
  return same
    ? []
    : [
        `~ reservation ${hostText(want)} (was ${textOf(run['hostname'])} ${textOf(run['ip-address'])})`.replace(
          ' )',
          ')',
        ),
      ]
}

function hostText(host: JsonObject): string {
  const address = textOf(host['ip-address'])
  return `${textOf(host['hostname'])} ${textOf(host['hw-address'])}${address === '' ? '' : ` → ${address}`}`
}

/** Entries of two lists that have the same key, and those that stand in one only. */
function pairs(
  wanted: readonly JsonObject[],
  running: readonly JsonObject[],
  key: string,
): readonly (readonly [JsonObject | undefined, JsonObject | undefined])[] {
  const found = new Map(running.map((entry) => [entry[key], entry]))
  const named = new Set(wanted.map((entry) => entry[key]))
  return [
    ...wanted.map((entry) => [entry, found.get(entry[key])] as const),
    ...running.filter((entry) => !named.has(entry[key])).map((entry) => [undefined, entry] as const),
  ]
}

function settings(wanted: JsonObject, running: JsonObject, what: string): readonly string[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const found = running[key]
    if (covers(found, value)) return []
    const was = typeof found === 'object' || found === undefined ? '' : `${found} → `
    return [`~ ${what} ${key}${typeof value === 'object' ? '' : ` ${was}${value}`}`]
  })
}

/** Has `found` all that `wanted` says? Lists have to be the same in length and order. */
function covers(found: Json | undefined, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    const list = wanted as readonly Json[]
    return (
      Array.isArray(found) &&
      found.length === list.length &&
      list.every((entry, index) => covers((found as readonly Json[])[index], entry))
    )
  }
  if (isObject(wanted)) {
    return isObject(found) && Object.entries(wanted).every(([key, value]) => covers(found[key], value))
  }
  // Kea gives the library of a hook back with its whole path.
  return (
    found === wanted || (typeof wanted === 'string' && wanted.endsWith('.so') && textOf(found).endsWith(`/${wanted}`))
  )
}
