import { byState, from, accept } from './expression.ts'
import { addressing } from './input.ts'
import { priority, rule, type Ruleset } from './ruleset.ts'

/** The table of a box that has not been told anything yet: it gets an address and answers nobody. */
export function closed(table: string): Ruleset {
  return {
    family: 'inet',
    table,
    sets: [],
    chains: [
      {
        name: 'input',
        hook: { type: 'filter', hook: 'input', prio: priority.filter, policy: 'drop' },
        rules: [rule('the box to itself', from('lo'), accept), rule('connection in use', byState), ...addressing],
      },
      { name: 'forward', hook: { type: 'filter', hook: 'forward', prio: priority.filter, policy: 'drop' }, rules: [] },
    ],
  }
}
