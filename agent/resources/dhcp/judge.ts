import type { Finding } from '../../engine/resource.ts'
import type { Desired } from './schema.ts'

/** How many of a network's pool addresses are taken. */
export interface PoolUse {
  readonly network: string
  readonly taken: number
  readonly total: number
}

export interface Seen {
  readonly answers: boolean
  /** Interfaces from which Kea takes packets. */
  readonly listening: readonly string[]
  /** Kea's own words about interfaces that it cannot listen on yet. */
  readonly waiting: readonly string[]
  readonly pools: readonly PoolUse[]
}

/** From here on a class more with private phones would be too much. */
const nearlyFull = 0.9

export function judge({ language, networks }: Desired, seen: Seen): readonly Finding[] {
  const say = sentences[language]
  if (!seen.answers) return [{ code: 'dhcp-silent', severity: 'error', message: say.silent }]
  const deaf = networks.filter(({ bridge }) => !seen.listening.includes(bridge))
  const findings: Finding[] = deaf.map(({ name, bridge }) =>
    seen.waiting.some((words) => words.includes(bridge))
      ? { code: 'dhcp-no-cable', severity: 'warning', message: say.noCable(name) }
      : { code: 'dhcp-deaf', severity: 'error', message: say.deaf(name) },
  )
  for (const { network, taken, total } of seen.pools) {
    if (total === 0 || taken / total < nearlyFull) continue
    const severity = taken >= total ? 'error' : 'warning'
    findings.push({ code: 'dhcp-pool-full', severity, message: say.full(network, taken, total) })
  }
  if (findings.length > 0) return findings
  return [{ code: 'dhcp-serves', severity: 'ok', message: say.serves(networks.length) }]
}

const sentences = {
  de: {
    silent: 'Der DHCP-Dienst antwortet nicht; neue Geräte bekommen keine Adresse.',
    noCable: (network: string) => `Im Netz ${network} ist kein Kabel eingesteckt; dort bekommt niemand eine Adresse.`,
    deaf: (network: string) => `Der DHCP-Dienst hört das Netz ${network} nicht; dort bekommt niemand eine Adresse.`,
    full: (network: string, taken: number, total: number) =>
      `Im Netz ${network} sind ${taken} von ${total} freien Adressen vergeben.`,
    serves: (count: number) => `Adressen werden in ${count === 1 ? 'einem Netz' : `${count} Netzen`} vergeben.`,
  },
  en: {
    silent: 'The DHCP service does not answer; new devices get no address.',
    noCable: (network: string) => `No cable is plugged in on network ${network}; nobody gets an address there.`,
    deaf: (network: string) => `The DHCP service does not hear network ${network}; nobody gets an address there.`,
    full: (network: string, taken: number, total: number) =>
      `${taken} of ${total} free addresses of network ${network} are taken.`,
    serves: (count: number) => `Addresses are given out in ${count === 1 ? 'one network' : `${count} networks`}.`,
  },
} as const
