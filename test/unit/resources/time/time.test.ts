import t from 'tap'
import { derive } from '../../../../agent/resources/time/derive.ts'
import { judge } from '../../../../agent/resources/time/judge.ts'
import { readAccess, readSources } from '../../../../agent/resources/time/observe.ts'
import { describe, plan } from '../../../../agent/resources/time/plan.ts'
import { render } from '../../../../agent/resources/time/render.ts'
import type { TimeActual } from '../../../../agent/resources/time/schema.ts'
import { golden } from '../../../support/golden.ts'
import { exampleSchool } from '../../../support/school.ts'

const desired = derive({ state: exampleSchool() })
const source = { reached: true, selected: false }
const well = {
  sources: desired.servers.map((name) => ({ ...source, name })).toReversed(),
  served: ['10.20.0.0/16', 'fd20:1::/64', '10.30.0.0/22', 'fd20:2::/64'],
  open: false,
}
const steps = (change: Partial<NonNullable<TimeActual['running']>>) =>
  plan(desired, { running: { ...well, ...change } }).map(describe)

t.test('the example school', async (t) => {
  for (const { path, text } of render(desired)) golden(t, `chrony/example/${path}`, text)
})

t.test('what has to be done', async (t) => {
  t.same(steps({}), [], 'in whatever order chronyd names its servers')
  t.match(plan(desired, { running: undefined }).map(describe), [/does not answer/])
  t.match(steps({ sources: well.sources.slice(1) }), [/other servers/])
  t.match(steps({ sources: [...well.sources, { ...source, name: '203.0.113.9' }] }), [/other servers/])
  t.match(steps({ served: well.served.slice(1) }), [/does not serve 10\.20\.0\.1\/16/])
  t.match(steps({ open: true }), [/strangers/])
})

t.test('what chronyd says', async (t) => {
  const text = '^,*,ptbtime1.ptb.de,1,6,377,12,-0.0001,-0.0001,0.01\n^,?,203.0.113.9,0,7,0,4294967295,0,0,0\n'
  t.same(readSources(text), [
    { name: 'ptbtime1.ptb.de', reached: true, selected: true },
    { name: '203.0.113.9', reached: false, selected: false },
  ])
  t.same(readAccess('209 Access denied\n208 Access allowed\n'), [false, true])
})

t.test('findings', async (t) => {
  const codes = (...seen: Parameters<typeof judge>) => judge(...seen).map(({ code, severity }) => `${severity} ${code}`)
  const { sources } = well
  t.same(codes({ language: 'de' }, { sources, offset: 0.001 }), ['ok time-serves'])
  t.same(codes({ language: 'de' }, { sources: [], offset: 0 }), ['warning time-sources-unreachable'])
  t.same(codes({ language: 'de' }, { sources, offset: -61 }), ['error time-wrong'])
  t.same(codes({ language: 'de' }, undefined), ['error time-silent'])
  t.match(
    judge({ language: 'de' }, { sources, offset: -90.4 })[0]?.message,
    'Die Uhr des Servers geht um 90 Sekunden falsch.',
  )
})
