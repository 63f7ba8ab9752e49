import t from 'tap'
import { RoomLock } from '../../../../agent/model/lock.ts'
import { SchoolState } from '../../../../agent/model/state.ts'
import { closed } from '../../../../agent/nftables/closed.ts'
import { readListing } from '../../../../agent/nftables/listing.ts'
import type { Ruleset } from '../../../../agent/nftables/ruleset.ts'
import { derive } from '../../../../agent/resources/firewall/derive.ts'
import { bootCommands } from '../../../../agent/resources/firewall/locks.ts'
import { describe, plan } from '../../../../agent/resources/firewall/plan.ts'
import { render } from '../../../../agent/resources/firewall/render.ts'
import type { FirewallActual } from '../../../../agent/resources/firewall/schema.ts'
import { exampleInput, exampleSchool } from '../../../support/school.ts'

const at = 1_760_000_000_000
const state = exampleSchool()
const numbers = derive({ state, locks: [] }).rooms

/** What the kernel would list after a state was put in force, with these locks. */
function inForce(from: SchoolState, locked: readonly unknown[] = []): FirewallActual {
  const { ruleset, bridge } = derive({ state: from, locks: [] })
  return { ...listed(ruleset, locked), bridge: listed(bridge).listing }
}

function listed(ruleset: Ruleset, locked: readonly unknown[] = []): FirewallActual {
  const own = { family: ruleset.family, table: 'iserv' }
  const counted = (expr: readonly object[]) =>
    expr.map((one) => ('counter' in one ? { counter: { packets: 1, bytes: 2 } } : one))
  const entries = [
    { table: { family: ruleset.family, name: 'iserv' } },
    ...ruleset.chains.map(({ name, hook }) => ({ chain: { ...own, name, ...hook } })),
    ...ruleset.sets.map(({ elements, ...set }) => ({
      [set.map === undefined ? 'set' : 'map']: {
        ...own,
        ...set,
        elem:
          set.name === 'locked' ? locked : elements.map(({ key, value }) => (value === undefined ? key : [key, value])),
      },
    })),
    ...ruleset.chains.flatMap(({ name, rules }) =>
      rules.map(({ comment, expr }) => ({ rule: { ...own, chain: name, comment, expr: counted(expr) } })),
    ),
  ]
  return { listing: readListing(JSON.stringify({ nftables: entries })), bridge: undefined, foreign: [], at }
}

const lock = (room: string, until: number | null) => RoomLock.parse({ room, since: at - 1000, until, by: 'm.weber' })
const element = (room: string, expires?: number, comment?: string) => ({
  elem: {
    val: numbers[room],
    ...(expires === undefined ? {} : { timeout: 9999, expires }),
    ...(comment === undefined ? {} : { comment }),
  },
})
const lines = (desired: ReturnType<typeof derive>, actual: FirewallActual) => plan(desired, actual).map(describe)

t.test('equal states give no step', async (t) => {
  t.strictSame(plan(derive({ state, locks: [] }), inForce(state)), [])
})

t.test('a changed state is told in the words of the school', async (t) => {
  const input = exampleInput()
  const wanted = SchoolState.parse({
    ...input,
    devices: input.devices?.map((device) => (device.name === 'r214-pc07' ? { ...device, internet: false } : device)),
    services: [],
    forwards: [{ name: 'storage', protocol: 'tcp', port: 9443, to: { address: '10.20.0.10', port: 443 } }],
  })
  const [text = '', ...more] = lines(derive({ state: wanted, locks: [] }), inForce(state))
  t.strictSame(more, [], 'one transaction')
  t.match(text, '~ device r214-pc07 in room r214, no internet')
  t.match(text, '- rule input_school: service web')
  t.match(text, '+ rule forward: forward storage')
  t.match(text, '- rule forward: forward weather')
})

t.test('locks follow the ledger with the time that is left', async (t) => {
  const desired = derive({ state, locks: [lock('r214', at + 60_000), lock('r118', null), lock('workshop', at - 1)] })
  t.strictSame(lines(desired, inForce(state)), ['+ lock of room r214\n+ lock of room r118'])
  t.strictSame(lines(desired, inForce(state, [element('r214', 59), element('r118')])), [])
  t.strictSame(lines(desired, inForce(state, [element('r214', 40), element('r118')])), ['~ lock of room r214'])
  t.strictSame(lines(desired, inForce(state, [element('r214'), element('r118', 60)])), [
    '~ lock of room r214\n~ lock of room r118',
  ])
  const [step] = plan(desired, inForce(state))
  t.match(step?.commands, '"timeout":60')
})

t.test('a lock the ledger does not know goes, unless it may be younger than the look at the ledger', async (t) => {
  const desired = derive({ state, locks: [] })
  t.strictSame(lines(desired, inForce(state, [element('r214', 60)])), ['- lock of room r214'])
  t.strictSame(lines(desired, inForce(state, [element('r214', 60, String(at - 20_000))])), ['- lock of room r214'])
  t.strictSame(lines(desired, inForce(state, [element('r214', 60, String(at - 1000))])), [])
})

t.test('a lock of a room that is no longer declared is nobody’s', async (t) => {
  t.strictSame(derive({ state, locks: [lock('r999', null)] }).locks, [])
})

t.test('at boot the locks that are still running come with the rules', async (t) => {
  const files = new Map(render(derive({ state, locks: [] })).map(({ path, text }) => [path, text]))
  const locks = [lock('r214', at + 60_000), lock('r118', at - 1), lock('r999', null)]
  const commands = bootCommands(files.get('ruleset.json') ?? '', files.get('rooms.json') ?? '', locks, at)
  const last = (JSON.parse(commands) as { nftables: readonly unknown[] }).nftables.slice(-2)
  const change = (elem: unknown) => ({ element: { family: 'inet', table: 'iserv', name: 'locked', elem: [elem] } })
  t.strictSame(last, [
    { destroy: change(numbers['r214']) },
    { add: change({ elem: { val: numbers['r214'], timeout: 60 } }) },
  ])
})

t.test('the table for frames is put right, too', async (t) => {
  const { bridge, ...now } = inForce(state)
  const lines = (actual: FirewallActual) =>
    plan(derive({ state, locks: [] }), actual).flatMap((step) => describe(step).split('\n'))
  t.strictSame(lines({ ...now, bridge }), [])
  t.strictSame(lines({ ...now, bridge: undefined }), ['+ table bridge iserv'])
  const chains = bridge?.chains.map((chain) => ({ ...chain, rules: chain.rules.slice(1) })) ?? []
  t.strictSame(lines({ ...now, bridge: bridge && { ...bridge, chains } }), [
    '+ rule frames: address of the box claimed by another',
  ])
})

t.test('the first state replaces the closed table and is told in a few lines', async (t) => {
  const desired = derive({ state, locks: [] })
  const steps = plan(desired, listed(closed('iserv')))
  t.strictSame(
    steps.map(({ kind }) => kind),
    ['replace'],
  )
  t.strictSame(
    steps.map(describe).join('\n').split('\n'),
    plan(desired, { listing: undefined, bridge: undefined, foreign: [], at }).map(describe).join('\n').split('\n'),
  )
  t.ok(steps[0]?.commands.includes('{"flush":{"chain":{"family":"inet","table":"iserv","name":"input"}}}'), 'refilled')
})
