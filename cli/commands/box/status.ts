import { z } from 'zod'
import { BoxStatus, boxStatus } from '../../../agent/contract/box.ts'
import { exitStatus } from '../../../agent/errors.ts'
import { type Block, defineCommand, type Text } from '../../command.ts'
import { moment } from '../moment.ts'
import { portTable } from '../port/rows.ts'

type Status = z.output<typeof BoxStatus>

export const boxStatusCommand = defineCommand({
  description:
    'What runs on this box, what is wrong with it, which rooms are locked. Ends with status 5 when something does not work.',
  input: z.strictObject({}),
  positionals: [],
  output: BoxStatus,
  examples: [
    { line: 'box status', tells: 'Is everything as it should be?' },
    { line: 'box status --json', tells: 'The same for a program.' },
  ],
  run: (_, { agent }) => agent.call(boxStatus, {}),
  present: (status): readonly Block[] => [
    { kind: 'lines', lines: [headline(status)] },
    { kind: 'fields', fields: about(status) },
    { kind: 'table', rows: status.resources.flatMap((one) => resourceRows(one)) },
    ...ports(status),
    ...locks(status),
    ...trial(status),
  ],
  status: (status) => (isWell(status) ? exitStatus.ok : exitStatus.service),
})

function isWell({ held, resources }: Status): boolean {
  const works = resources.every(
    ({ state, findings }) => state === 'converged' && findings.every(({ severity }) => severity !== 'error'),
  )
  return held === null && works
}

function headline(status: Status): Text {
  const name = status.school?.name ?? 'School server'
  if (status.held !== null) {
    return { text: `${name}: left as it is, because ${status.held.message}`, tone: 'bad' }
  }
  if (status.generation === null)
    return { text: `${name}: no state yet. Begin with: iserv-ctl state apply FILE`, tone: 'warning' }
  if (!isWell(status)) return { text: `${name}: something does not work`, tone: 'bad' }
  const warned = status.resources.some(({ findings }) => findings.some(({ severity }) => severity === 'warning'))
  return warned
    ? { text: `${name}: works, with something to look at`, tone: 'warning' }
    : { text: `${name}: everything works`, tone: 'good' }
}

function about({ generation, held, version }: Status): readonly (readonly [string, Text])[] {
  const hint = held?.hint ?? null
  return [
    ...(generation === null
      ? []
      : [['state', `generation ${generation.number}, since ${moment(generation.at)}, by ${generation.by}`] as const]),
    ...(hint === null ? [] : [['what to do', hint] as const]),
    ['agent', version],
  ]
}

const tones = { ok: 'plain', warning: 'warning', error: 'bad' } as const

/** What works is one line; what does not is told in full. */
function resourceRows({
  name,
  state,
  since,
  detail,
  findings,
}: Status['resources'][number]): readonly (readonly Text[])[] {
  const words = { converged: 'works', failed: 'does not work', waiting: 'waits' }
  const told = findings.filter(({ severity }) => severity !== 'ok')
  const bad = state !== 'converged' || told.some(({ severity }) => severity === 'error')
  const tone = bad ? 'bad' : told.length > 0 ? 'warning' : 'good'
  const text = state === 'converged' && bad ? 'does not serve' : words[state]
  const remarks: readonly Text[] = [
    ...(detail === '' ? [] : [detail]),
    ...told.map(({ severity, message }) => ({ text: message, tone: tones[severity] })),
  ]
  const [first = '', ...rest] = remarks
  return [[name, { text, tone }, `since ${moment(since)}`, first], ...rest.map((remark) => ['', '', '', remark])]
}

/** Whoever writes the first state has to know their names, and whoever looks for one that is gone. */
function ports({ generation, resources, ports: found }: Status): readonly Block[] {
  const missing = resources.some(({ findings }) => findings.some(({ code }) => code === 'port-missing'))
  return generation === null || missing ? [portTable(found, 'Ports of this server')] : []
}

function locks({ locks: found }: Status): readonly Block[] {
  if (found.length === 0) return []
  return [
    {
      kind: 'table',
      title: 'Locked rooms',
      rows: found.map(({ room, by, until }) => [
        room,
        until === null ? 'until it is unlocked' : `until ${moment(until)}`,
        `by ${by}`,
      ]),
    },
  ]
}

function trial({ trial: found }: Status): readonly Block[] {
  if (found === null) return []
  const words = `Generation ${found.generation} is on trial: ${found.backTo} comes back at ${moment(found.deadline)}`
  return [{ kind: 'lines', lines: [{ text: words, tone: 'warning' }, '  iserv-ctl state confirm keeps it'] }]
}
