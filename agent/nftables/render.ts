import { forwardChains } from './forward.ts'
import { identifyChains } from './identify.ts'
import { inputChains } from './input.ts'
import type { Ruleset } from './ruleset.ts'
import type { Firewall } from './schema.ts'
import { setsOf } from './sets.ts'
import { translateChains } from './translate.ts'

/** The table for packets. Pure: equal models give equal tables. */
export function render(firewall: Firewall): Ruleset {
  return {
    family: 'inet',
    table: firewall.table,
    sets: setsOf(firewall),
    chains: [
      ...identifyChains(firewall),
      ...translateChains(firewall),
      ...inputChains(firewall),
      ...forwardChains(firewall),
    ],
  }
}
