import type { Finding } from '../../engine/resource.ts'
import type { FirewallDesired } from './schema.ts'

export interface Seen {
  /** Families of addresses that the kernel does not pass on. */
  readonly off: readonly string[]
  /** Tables of others. */
  readonly foreign: readonly string[]
  /** Cards that have said within the last hour to have an address of the box. */
  readonly claims: readonly string[]
  /** Cards that have announced themselves as routers within the last hour. */
  readonly routers: readonly string[]
}

export function judge(
  { language, firewall }: Pick<FirewallDesired, 'language' | 'firewall'>,
  { off, foreign, claims, routers }: Seen,
): readonly Finding[] {
  const say = sentences[language]
  const names = new Map(firewall.devices.map(({ name, mac }) => [mac, name]))
  const cards = (macs: readonly string[]): string =>
    macs.map((mac) => (names.has(mac) ? `${names.get(mac)} (${mac})` : mac)).join(', ')
  return [
    off.length === 0
      ? { code: 'firewall-serves', severity: 'ok', message: say.serves }
      : { code: 'forwarding-off', severity: 'error', message: say.off(off) },
    ...foreign.map((name): Finding => ({
      code: 'firewall-foreign-table',
      severity: 'warning',
      message: say.foreign(name),
    })),
    ...(claims.length === 0
      ? []
      : [{ code: 'address-claimed', severity: 'warning' as const, message: say.claimed(cards(claims)) }]),
    ...(routers.length === 0
      ? []
      : [{ code: 'router-foreign', severity: 'warning' as const, message: say.routers(cards(routers)) }]),
  ]
}

const sentences = {
  de: {
    serves: 'Die Firewall ist in Kraft und lässt durch, was erlaubt ist.',
    off: (families: readonly string[]) =>
      `Der Server leitet keine Pakete weiter (${families.join(' und ')}): Die Netze haben kein Internet.`,
    foreign: (name: string) =>
      `Jemand anderes hat Firewall-Regeln in Kraft gesetzt (nftables-Tabelle „${name}“); sie können sperren, was hier erlaubt ist.`,
    claimed: (cards: string) =>
      `Ein Gerät gibt sich als dieser Server aus: ${cards}. Der Server lässt sich davon nicht beirren, andere Geräte an demselben Switch schon.`,
    routers: (cards: string) =>
      `Ein Gerät bietet sich als Router für IPv6 an: ${cards}. Geräte an demselben Switch können ihre Daten dorthin schicken.`,
  },
  en: {
    serves: 'The firewall is in force and lets through what is allowed.',
    off: (families: readonly string[]) =>
      `The server passes no packets on (${families.join(' and ')}): the networks have no internet.`,
    foreign: (name: string) =>
      `Somebody else has put firewall rules in force (nftables table "${name}"); they can block what is allowed here.`,
    claimed: (cards: string) =>
      `A device pretends to be this server: ${cards}. The server is not misled by it; other devices on the same switch may be.`,
    routers: (cards: string) =>
      `A device offers itself as a router for IPv6: ${cards}. Devices on the same switch may send their data there.`,
  },
} as const
