import type { Finding } from '../../engine/resource.ts'
import { addressesOf, networkFileName } from './render.ts'
import type { Actual, ActualLink, Desired, Link } from './schema.ts'

/** How a declared link stands. */
export type Verdict =
  | { readonly kind: 'right' }
  /** A port that this machine does not have, or a VLAN on one. */
  | { readonly kind: 'impossible' }
  /** To be made by systemd-networkd. */
  | { readonly kind: 'missing' }
  /** Something else has its name. */
  | { readonly kind: 'impostor' }
  /** systemd-networkd has not loaded what is declared for it. */
  | { readonly kind: 'unread' }
  /** It has loaded it, but somebody changed the link since. */
  | { readonly kind: 'broken'; readonly why: string }

export function verdict(link: Link, links: ReadonlyMap<string, ActualLink>): Verdict {
  const found = links.get(link.name)
  const { netdev } = link
  if (found === undefined) {
    const possible = netdev?.kind === 'bridge' || (netdev?.kind === 'vlan' && links.has(netdev.port))
    return { kind: possible ? 'missing' : 'impossible' }
  }
  if (netdev !== undefined && (netdev.kind !== found.kind || (netdev.kind === 'vlan' && netdev.id !== found.vlanId))) {
    return { kind: 'impostor' }
  }
  if (found.file !== networkFileName(link)) return { kind: 'unread' }
  const why = deviation(link, found)
  return why === undefined ? { kind: 'right' } : { kind: 'broken', why }
}

/** Is a link as declared, as far as this machine can? */
export function isSettled(link: Link, { links }: Actual): boolean {
  const { kind } = verdict(link, new Map(links.map((found) => [found.name, found])))
  return kind === 'right' || kind === 'impossible'
}

/** What is not as declared, in a few words; undefined when all is. */
function deviation(link: Link, found: ActualLink): string | undefined {
  if (!found.up) return 'is switched off'
  if (found.master !== link.bridge) {
    return link.bridge === undefined ? `is a port of ${found.master ?? ''}` : `is no port of ${link.bridge}`
  }
  const { addresses, gateways, exact } = numbers(link, found)
  const missing = addresses.find((address) => !found.addresses.includes(address))
  if (missing !== undefined) return `has lost ${missing}`
  const gone = gateways.find((gateway) => !found.gateways.includes(gateway))
  if (gone !== undefined) return `has lost the way over ${gone}`
  const foreign = exact ? found.addresses.find((address) => !addresses.includes(address)) : undefined
  return foreign === undefined ? undefined : `has ${foreign}, which nobody declared`
}

interface Numbers {
  readonly addresses: readonly string[]
  readonly gateways: readonly string[]
  /** No other address may be there; the internet line gets some by itself. */
  readonly exact: boolean
}

const none: Numbers = { addresses: [], gateways: [], exact: false }

function numbers({ role }: Link, { carrier }: ActualLink): Numbers {
  switch (role.kind) {
    case 'port':
      return none
    case 'uplink': {
      // systemd-networkd sets them once there is a cable; until then the house shall work.
      if (!carrier) return none
      const fixed = [role.ipv4, role.ipv6].filter((line) => typeof line === 'object')
      const addresses = fixed.map(({ address }) => address)
      return { addresses, gateways: fixed.map(({ gateway }) => gateway), exact: false }
    }
    case 'network':
      return { addresses: addressesOf(role), gateways: [], exact: true }
  }
}

/** What a school has to know of its cables. */
export function findings({ language, links }: Desired, there: readonly ActualLink[]): readonly Finding[] {
  const say = sentences[language]
  const found = new Map(there.map((link) => [link.name, link]))
  const judged = links.flatMap((link): readonly Finding[] => {
    const actual = found.get(link.name)
    if (link.netdev !== undefined) return []
    if (actual === undefined) return [{ code: 'port-missing', severity: 'error', message: say.missing(link.name) }]
    const isUplink = link.role.kind === 'uplink'
    if (!actual.carrier)
      return [{ code: 'port-no-cable', severity: 'warning', message: say.noCable(link.name, isUplink) }]
    if (isUplink && wantsAddress(link) && actual.addresses.length === 0) {
      return [{ code: 'uplink-no-address', severity: 'warning', message: say.noAddress(link.name) }]
    }
    return []
  })
  return judged.length > 0 ? judged : [{ code: 'interfaces-up', severity: 'ok', message: say.up }]
}

function wantsAddress({ role }: Link): boolean {
  return role.kind === 'uplink' && (role.ipv4 !== 'off' || role.ipv6 !== 'off')
}

const sentences = {
  de: {
    missing: (port: string) => `Der Anschluss ${port} fehlt an diesem Server.`,
    noCable: (port: string, isUplink: boolean) =>
      isUplink
        ? `Am Internetanschluss ${port} steckt kein Kabel, oder das Gerät am anderen Ende ist aus.`
        : `Am Anschluss ${port} steckt kein Kabel, oder das Gerät am anderen Ende ist aus.`,
    noAddress: (port: string) => `Der Internetanschluss ${port} bekommt vom Anbieter keine Adresse.`,
    up: 'Alle Anschlüsse sind da und verbunden.',
  },
  en: {
    missing: (port: string) => `This server has no port ${port}.`,
    noCable: (port: string, isUplink: boolean) =>
      `No cable is plugged in at ${isUplink ? 'the internet port' : 'port'} ${port}, or the device at its other end is off.`,
    noAddress: (port: string) => `The internet port ${port} gets no address from the provider.`,
    up: 'All ports are there and connected.',
  },
} as const
