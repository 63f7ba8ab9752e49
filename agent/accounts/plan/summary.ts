import type { PlanLine } from '../../contract/import-plan.ts'
import type { PersonChange } from '../../model/import-plan.ts'
import type { Role } from '../../model/person.ts'
import type { SchoolState } from '../../model/state.ts'
import { alphabetical } from './sort.ts'
import type { PersonLine, PlanView } from './view.ts'

/** A plan in a few lines, each with a number and what it is made of. */

/** Classes and people told by name in a line; the rest is counted. */
const most = { classes: 12, people: 3 }

export function summaryOf(
  { plan, people, groups }: PlanView,
  leaving: SchoolState['accounts']['leaving'],
): readonly PlanLine[] {
  const of = (kind: PersonChange['kind']): readonly PersonLine[] => people.filter(({ change }) => change.kind === kind)
  const renamed = plan.groups
    .flatMap((change) => (change.kind === 'renamed' ? [`${change.before.title} → ${change.after.title}`] : []))
    .toSorted(alphabetical.compare)
  const titled = (kind: 'new' | 'revived'): readonly string[] =>
    plan.groups.flatMap((change) => (change.kind === kind ? ['title' in change ? change.title : change.name] : []))
  const ended = plan.groups.flatMap((change) => (change.kind === 'ended' ? [change.name] : []))
  const changed = groups.filter(({ joining, leaving: going }) => joining + going > 0)
  const lines: readonly PlanLine[] = [
    { what: 'new', count: of('new').length, detail: byClass(of('new')) },
    {
      what: 'returning',
      count: of('returning').length,
      detail: named(of('returning'), ({ change }) => (change.kind === 'returning' ? `was ${change.before}` : '')),
    },
    {
      what: 'moved',
      count: of('moved').length,
      detail: named(of('moved'), ({ change }) =>
        change.kind === 'moved' ? wayOf(change.from.join('+'), change.to.join('+')) : '',
      ),
    },
    { what: 'changed', count: of('changed').length, detail: named(of('changed'), ({ change }) => change.reason) },
    {
      what: 'leaving',
      count: of('leaving').length,
      detail: [byClass(of('leaving')), ...waysOut(of('leaving'), leaving)].filter((text) => text !== '').join('\n'),
    },
    { what: 'unchanged', count: plan.unchanged, detail: '' },
    { what: 'renamed groups', count: renamed.length, detail: listed(renamed) },
    { what: 'new groups', count: titled('new').length, detail: listed(titled('new')) },
    { what: 'revived groups', count: titled('revived').length, detail: listed(titled('revived')) },
    { what: 'ended groups', count: ended.length, detail: listed(ended) },
    { what: 'memberships', count: plan.memberships.length, detail: `in ${changed.length} groups` },
  ]
  return lines.filter(({ what, count }) => count > 0 || what === 'new' || what === 'leaving')
}

/** Who repeats a year is in a class of the same name, and not in the same class. */
function wayOf(from: string, to: string): string {
  return from === to ? `${to} again` : `${from} → ${to || 'no class'}`
}

function listed(texts: readonly string[]): string {
  const rest = texts.length - most.classes
  return rest > 1 ? `${texts.slice(0, most.classes).join(', ')} … and ${rest} more` : texts.join(', ')
}

function named(lines: readonly PersonLine[], what: (line: PersonLine) => string): string {
  const told = lines.slice(0, most.people).map((line) => `${line.name}: ${what(line)}`)
  const rest = lines.length - told.length
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n')
}

/** `5a 29, 5b 28, teachers 4` */
function byClass(lines: readonly PersonLine[]): string {
  const counts = Map.groupBy(lines, ({ title, change }) => (title === '' ? `${roleOf(change)}s` : title))
  const largest = [...counts].toSorted(([, a], [, b]) => b.length - a.length).slice(0, most.classes)
  const shown = new Set(largest.map(([title]) => title))
  const rest = [...counts].filter(([title]) => !shown.has(title)).reduce((sum, [, same]) => sum + same.length, 0)
  const told = [...counts].filter(([title]) => shown.has(title)).map(([title, same]) => `${title} ${same.length}`)
  return [...told, ...(rest > 0 ? [`others ${rest}`] : [])].join(', ')
}

const roleOf = (change: PersonChange): string =>
  change.kind === 'new' ? change.fields.role : change.kind === 'leaving' ? change.role : 'other'

/** `pupils: tolerated for 30 days, then disabled for 60, then removed` */
function waysOut(lines: readonly PersonLine[], leaving: SchoolState['accounts']['leaving']): readonly string[] {
  const roles = new Set<Role>(lines.flatMap(({ change }) => (change.kind === 'leaving' ? [change.role] : [])))
  return [...roles].map((role) => {
    const { tolerated, disabled } = leaving[role]
    const first = tolerated > 0 ? `tolerated for ${tolerated} days, then ` : ''
    return `${role}s: ${first}disabled for ${disabled}, then removed`
  })
}
