import type { Problem } from '../../errors.ts'
import type { ImportPlan, PersonChange } from '../../model/import-plan.ts'
import type { SchoolState } from '../../model/state.ts'
import { alteredGuard, leavingGuard } from './guard.ts'
import { document, escaped, list, table } from './html.ts'
import { pageWords, type PageWords } from './page-words.ts'
import type { PersonLine, PlanView } from './view.ts'
import { wordsIn } from './words.ts'

const kinds = ['new', 'returning', 'moved', 'changed', 'leaving'] as const satisfies readonly PersonChange['kind'][]

/** A plan as one HTML file for whoever decides about it: numbers first, then what somebody must look at, then everybody by class. */
export function planPage(
  view: PlanView,
  { name, language, timezone }: SchoolState['school'],
  warnings: readonly Problem[],
): string {
  const { plan } = view
  const say = pageWords(language)
  const date = wordsIn(language).date
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: timezone }).format(
    plan.made,
  )
  const sections = kinds.filter((kind) => view.people.some(({ change }) => change.kind === kind))
  return document(language, `${say.title} – ${name}`, [
    `<h1>${escaped(say.title)}</h1>`,
    `<p><strong>${escaped(name)}</strong>. ${escaped(say.made(when))} ${say.nothingYet}</p>`,
    `<p>${say.source}: ${escaped(plan.source)}. ${say.files}: ${plan.files.map((file) => escaped(`${file.name} (${say.people(file.people)})`)).join(', ')}.</p>`,
    `<h2 id="summary">${say.summary}</h2>`,
    `<div class="numbers">${table('', [say.what, say.count], numbers(view, say))}</div>`,
    `<nav aria-label="${say.contents}"><ul>${['look', ...sections].map((kind) => `<li><a href="#${kind}">${escaped(kind === 'look' ? say.look : say.kinds[kind as PersonChange['kind']])}</a></li>`).join('')}</ul></nav>`,
    `<h2 id="look">${say.look}</h2>`,
    ...questions(plan, say, date),
    ...(plan.remarks.length === 0 ? [] : [`<h3>${say.remarks}</h3>`, list(plan.remarks)]),
    ...(warnings.length === 0 ? [] : [`<h3>${say.warnings}</h3>`, list(warnings.map(told))]),
    ...sections.map((kind) => section(kind, view, say, date)),
    groups(view, say),
    `<p>${say.private}</p>`,
  ])
}

function numbers({ plan, people }: PlanView, say: PageWords): readonly (readonly string[])[] {
  const counted: readonly (readonly [string, number])[] = [
    ...kinds.map((kind) => [say.kinds[kind], people.filter(({ change }) => change.kind === kind).length] as const),
    [say.kinds.unchanged, plan.unchanged],
    ...(['new', 'renamed', 'ended', 'revived'] as const).map(
      (kind) => [say.groupKinds[kind], plan.groups.filter((change) => change.kind === kind).length] as const,
    ),
    [say.memberships, plan.memberships.length],
  ]
  return counted
    .filter(([, count], index) => count > 0 || index < kinds.length)
    .map(([what, count]) => [what, String(count)])
}

function questions(plan: ImportPlan, say: PageWords, date: (date: string) => string): readonly string[] {
  const guarded = leavingGuard(plan)
  const altered = alteredGuard(plan)
  const { proposals, renames } = plan
  const open = guarded !== undefined || altered !== undefined || proposals.length + renames.length > 0
  const someone = ({
    given,
    surname,
    birth,
  }: {
    readonly given: string
    readonly surname: string
    readonly birth: string | null
  }): string => `${surname}, ${given}${birth === null ? '' : `, ${date(birth)}`}`
  return [
    ...(open ? [] : [`<p class="go">${say.nothingToSee}</p>`]),
    ...(guarded === undefined ? [] : [`<p class="stop">${escaped(say.guard(guarded))}</p>`]),
    ...(altered === undefined
      ? []
      : [`<p class="stop">${escaped(say.altered(altered.people, altered.known))}</p>`, list(altered.reasons)]),
    ...(proposals.length === 0
      ? []
      : [
          `<p>${say.proposalsHow}</p>`,
          table(
            say.proposals,
            [say.inFile, say.known, say.reason, say.answer],
            proposals.flatMap((proposal) =>
              proposal.candidates.map((candidate, index) => {
                const place = `${proposal.file}:${proposal.line}`
                const answer = option('confirm', `${place}=${candidate.login}`)
                const last = index === proposal.candidates.length - 1
                const named = index === 0 ? `${someone(proposal)} (${place})` : ''
                return [
                  named,
                  `${someone(candidate)} (${candidate.login})`,
                  candidate.reason,
                  last ? `${answer} ${say.orNew} ${option('confirm', `${place}=new`)}` : answer,
                ]
              }),
            ),
          ),
        ]),
    ...(renames.length === 0
      ? []
      : [
          `<p>${escaped(say.renamesHow)}</p>`,
          table(
            say.renames,
            [say.before, say.after, say.pupils, say.answer],
            renames.map(({ before, after, moved, of }) => [
              before,
              after,
              `${moved}/${of}`,
              option('rename', `${before}=${after}`),
            ]),
          ),
        ]),
  ]
}

/** To be copied into a shell: names of files and classes may have blanks in them. */
function option(name: string, value: string): string {
  return `--${name} ${/^[\p{L}\p{N}.,:=/_-]+$/u.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`}`
}

function section(
  kind: (typeof kinds)[number],
  { people }: PlanView,
  say: PageWords,
  date: (date: string) => string,
): string {
  const chosen = people.filter(({ change }) => change.kind === kind)
  const byClass = Map.groupBy(chosen, ({ title }) => title)
  const head = [say.name, say.birth, say.login, ...columns(kind, say)]
  return [
    `<section aria-labelledby="${kind}"><h2 id="${kind}">${escaped(say.kinds[kind])} (${chosen.length})</h2>`,
    ...[...byClass].map(([title, lines]) =>
      table(
        `${title === '' ? say.without : title} (${lines.length})`,
        head,
        lines.map((line) => [
          line.name,
          line.birth === null ? '' : date(line.birth),
          line.change.login,
          ...cells(line, say),
        ]),
      ),
    ),
    '</section>',
  ].join('\n')
}

function columns(kind: (typeof kinds)[number], say: PageWords): readonly string[] {
  if (kind === 'moved') return [say.from, say.to, say.reason]
  return kind === 'leaving' ? [say.state, say.reason] : [say.reason]
}

function cells({ change }: PersonLine, say: PageWords): readonly string[] {
  if (change.kind === 'moved') return [change.from.join(', '), change.to.join(', ') || say.without, change.reason]
  return change.kind === 'leaving' ? [say.states[change.state], change.reason] : [change.reason]
}

function groups({ changes, groups: members }: PlanView, say: PageWords): string {
  if (changes.length + members.length === 0) return ''
  const rows = changes.map(({ change, title }) => [
    change.kind === 'renamed' ? `${change.before.title} → ${title}` : title,
    say.groupKinds[change.kind],
    change.reason,
  ])
  return [
    `<h2 id="groups">${say.groups}</h2>`,
    ...(rows.length === 0 ? [] : [table('', [say.group, say.change, say.reason], rows)]),
    ...(members.length === 0
      ? []
      : [
          table(
            say.memberships,
            [say.group, say.joining, say.leaving],
            members.map((group) => [group.title, String(group.joining), String(group.leaving)]),
          ),
        ]),
  ].join('\n')
}

function told({ file, line, message, hint }: Problem): string {
  const place = [file, line].filter((part) => part !== undefined).join(':')
  return `${place === '' ? '' : `${place}: `}${message}${hint === undefined ? '' : `. ${hint}`}`
}
