import t from 'tap'
import { derive } from '../../../../agent/resources/dns/derive.ts'
import { signatureOf } from '../../../../agent/resources/dns/lists.ts'
import { readLocalData, readServers } from '../../../../agent/resources/dns/observe.ts'
import { describe, mustReload, plan } from '../../../../agent/resources/dns/plan.ts'
import { configDigest, listenDigest, namesDigest } from '../../../../agent/resources/dns/render.ts'
import type { DnsActual, LocalRecord, Running } from '../../../../agent/resources/dns/schema.ts'
import { exampleSchool } from '../../../support/school.ts'

const desired = derive({ state: exampleSchool() })
const well: Running = {
  listen: listenDigest(desired),
  config: configDigest(desired),
  names: namesDigest(desired),
  lists: signatureOf(desired.lists, {}),
  records: [...desired.records, { name: 'localhost.', type: 'A', value: '127.0.0.1' }],
  forwards: {},
  stubs: { '.': ['198.41.0.4'] },
}
const but = (change: Partial<Running>): DnsActual => ({
  running: { ...well, ...change },
  files: {},
  compiled: [desired.lists.shape],
})
const steps = (actual: DnsActual) => plan(desired, actual).map(describe)

t.test('what has to be done', async (t) => {
  t.same(steps(but({})), [])
  t.match(steps({ running: undefined, files: {}, compiled: [desired.lists.shape] }), [/^restart.*does not answer/])
  t.match(steps(but({ listen: '' })), [/^restart.*addresses/])
  t.same(steps(but({ lists: '' })), ['load the filter lists'])
  t.same(steps({ ...but({}), compiled: ['other'] }), ['load the filter lists'], 'they were changed by hand')
  t.match(steps(but({ config: '' })), [/^reload.*configuration/])
  t.match(steps(but({ forwards: { '.': ['203.0.113.9'] } })), [/^reload.*servers/])
  t.same(steps(but({ forwards: { 'example.org.': ['203.0.113.9'] } })), [], 'zones that are not ours stay')
})

t.test('names are changed one by one, and only our own', async (t) => {
  const [first, ...others] = well.records
  const fake: LocalRecord = { name: 'fake.schule.lan.', type: 'A', value: '10.20.66.6' }
  t.same(steps(but({ records: [...others, fake] })), [
    `- name fake.schule.lan → 10.20.66.6\n+ name ${first?.name.slice(0, -1)} → ${first?.value}`,
  ])
  const stranger: LocalRecord = { name: 'fake.example.org.', type: 'A', value: '10.20.66.6' }
  t.same(steps(but({ records: [...well.records, stranger] })), [])
  const apex: LocalRecord = { name: 'schule.lan.', type: 'A', value: '10.20.66.6' }
  t.match(steps(but({ records: [...well.records, apex] })), [/^reload/], 'the head of a zone is not touched')
  const wrong: LocalRecord = { name: 'server.schule.lan.', type: 'A', value: '10.20.66.6' }
  t.match(
    plan(desired, but({ records: [...well.records, wrong] })),
    [{ remove: [wrong], add: [{ value: '10.20.0.1' }, { value: 'fd20:1::1' }], moves: true }],
    'unbound removes all of a name, so the rest is added again',
  )
})

t.test('files written anew are read when no step does it', async (t) => {
  const less = { records: well.records.slice(1) }
  t.equal(mustReload(desired, but({})), true, 'repaired')
  t.equal(mustReload(desired, but(less)), true, 'repaired, and a name was changed by hand')
  t.equal(mustReload(desired, but({ ...less, names: '' })), true, 'repaired, and the wrong file was loaded')
  t.equal(mustReload(desired, but({ ...less, names: 'before' })), false, 'declared: one by one')
  t.equal(mustReload(desired, but({ listen: '' })), false)
  t.equal(mustReload(desired, { running: undefined, files: {}, compiled: [desired.lists.shape] }), false)
})

t.test('what unbound says', async (t) => {
  const data = `r214-pc07.schule.lan.\t300\tIN\tA\t10.20.14.7

config.loaded.iserv.internal.\t0\tIN\tTXT\t"abc"

localhost.\t10800\tIN\tSOA\tlocalhost. nobody.invalid. 1 3600 1200 604800 10800
`
  t.same(readLocalData(data), {
    listen: '',
    config: 'abc',
    names: '',
    lists: '',
    records: [{ name: 'r214-pc07.schule.lan.', type: 'A', value: '10.20.14.7' }],
  })
  t.same(readServers('. IN forward 198.51.100.1 2001:db8:1::1\n'), { '.': ['198.51.100.1', '2001:db8:1::1'] })
  t.same(readServers('. IN stub prime M.ROOT-SERVERS.NET. 202.12.27.33\nschule.lan. IN stub noprime 10.20.0.3\n'), {
    '.': ['202.12.27.33'],
    'schule.lan.': ['10.20.0.3'],
  })
})
