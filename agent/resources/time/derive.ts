import type { SchoolState } from '../../model/state.ts'
import type { TimeDesired } from './schema.ts'

export function derive({ state }: { readonly state: SchoolState }): TimeDesired {
  return {
    language: state.school.language,
    timezone: state.school.timezone,
    servers: [...new Set(state.time.servers)],
    networks: state.networks.flatMap(({ ipv4, ipv6 }) => (ipv6 === undefined ? [ipv4] : [ipv4, ipv6])),
  }
}
