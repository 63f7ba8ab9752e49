import { subnetOf, subnetText } from '../../model/address.ts'
import { serverOf } from '../../model/local-names.ts'
import type { SchoolState } from '../../model/state.ts'
import type { WebDesired } from './schema.ts'

/** The ports of the page: in clear words for whoever types only the name, and with the certificate of the box. */
export const webPort = 80
export const securePort = 443

export function derive({ state }: { readonly state: SchoolState }): WebDesired {
  const open = state.services.filter(({ protocol, ports }) => protocol === 'tcp' && ports.includes(webPort))
  const zones = new Set<string>(open.flatMap(({ from }) => from))
  const networks = state.networks
    .filter(({ kind }) => zones.has(kind))
    .flatMap(({ ipv4, ipv6 }) => (ipv6 === undefined ? [ipv4] : [ipv4, ipv6]))
    .flatMap((network) => subnetOf(network) ?? [])
    .map(subnetText)
  const { language } = state.school
  const challenges = zones.size > 0
  if (networks.length === 0) return { language, page: undefined, challenges }
  return { language, challenges, page: { names: [serverOf(state.school.domain), state.school.domain], networks } }
}
