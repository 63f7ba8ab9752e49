import t from 'tap'
import { Directory } from '../../../../agent/model/directory.ts'
import { derive } from '../../../../agent/resources/directory/derive.ts'
import { judge, type Seen } from '../../../../agent/resources/directory/judge.ts'
import { describe, markOf, plan } from '../../../../agent/resources/directory/plan.ts'
import { render } from '../../../../agent/resources/directory/render.ts'
import type { Attributes, DirectoryActual, Domain } from '../../../../agent/resources/directory/schema.ts'
import { exampleSchool } from '../../../support/school.ts'

const school = { ...exampleSchool(), directory: Directory.parse({ address: '10.20.0.3' }) }
const desired = derive({ state: school })
const { domain } = desired
if (domain === undefined) throw new TypeError('The example school has a directory')

/** A domain controller that has everything as declared, with names and values in the case that AD likes. */
function settled({ entries, accounts }: Domain): DirectoryActual {
  const lowered = ({ kept }: Domain['entries'][number]): Attributes =>
    Object.fromEntries(Object.entries(kept).map(([name, values]) => [name.toLowerCase(), values]))
  return {
    made: 'schule.lan',
    active: true,
    current: true,
    joinable: true,
    openZones: [],
    idleAdministrator: false,
    found: Object.fromEntries([
      ...entries.map((entry) => [entry.dn.toLowerCase(), lowered(entry)] as const),
      ...accounts.map(({ dn }) => [dn.toLowerCase(), { admindescription: [markOf('abc')] }] as const),
    ]),
    secrets: Object.fromEntries(accounts.map(({ name }) => [name, 'abc'])),
  }
}
const calm = settled(domain)
/** What a probe saw of a directory that serves. */
const seen: Seen = { made: 'schule.lan', answers: true, named: true, reader: 'in', waiting: [] }
const lines = (actual: DirectoryActual) => plan(desired, actual).map(describe)

t.test('what is as declared needs nothing', async (t) => t.strictSame(lines(calm), []))

t.test('one thing after the other: made, started, filled', async (t) => {
  const nothing = { ...calm, made: undefined, active: false, found: undefined }
  t.strictSame(lines(nothing), ['+ directory schule.lan'])
  t.match(lines({ ...nothing, made: 'schule.lan' }), [/started: it does not run/])
  t.match(lines({ ...calm, found: undefined }), [/started: it does not answer/])
  t.match(lines({ ...calm, current: false }), [/started: it has another certificate/])
  const empty = plan(desired, { ...calm, found: {} })
  t.strictSame(
    empty.map(({ kind }) => kind),
    [...domain.entries.map(() => 'add'), 'secret'],
    'every object of its own',
  )
})

t.test('a changed setting is put back, and nothing besides', async (t) => {
  const base = 'dc=schule,dc=lan'
  const found = { ...calm.found, [base]: { ...calm.found?.[base], lockoutthreshold: ['10'] } }
  t.strictSame(lines({ ...calm, found }), ['~ DC=schule,DC=lan: lockoutThreshold 0'])
})

t.test('a password that does not belong to its file is renewed', async (t) => {
  t.strictSame(lines({ ...calm, secrets: { 'service-reader': 'other' } }), ['~ account service-reader: a new password'])
  t.strictSame(lines({ ...calm, secrets: {} }), ['~ account service-reader: a new password'])
})

t.test('a zone in which everybody makes names is closed, and the idle administrator disabled', async (t) => {
  const dn = 'DC=schule.lan,CN=MicrosoftDNS,DC=DomainDnsZones,DC=schule,DC=lan'
  t.strictSame(lines({ ...calm, openZones: [{ dn, names: [`DC=wpad,${dn}`] }] }), [
    `- right of everybody to make names in ${dn}\n- DC=wpad,${dn}: made by a person or a computer`,
  ])
  t.strictSame(lines({ ...calm, idleAdministrator: true }), [
    '- built-in account Administrator: disabled, nobody uses it',
  ])
})

t.test('a directory of another name is left alone, and told', async (t) => {
  const other = { ...calm, made: 'other.lan' }
  t.strictSame(lines(other), [])
  t.match(judge(desired, { ...seen, made: 'other.lan' }), [{ code: 'directory-domain' }])
})

t.test('a school without a directory has none running', async (t) => {
  const none = derive({ state: exampleSchool() })
  t.strictSame(plan(none, calm), [{ kind: 'stop' }])
  t.strictSame(plan(none, { ...calm, active: false }), [])
  t.strictSame(render(none), [])
  t.strictSame(judge(none, { ...seen, made: undefined, answers: false }), [])
})

t.test('what a probe saw, in the language of the school', async (t) => {
  t.match(judge(desired, seen), [{ code: 'directory-serves', severity: 'ok' }])
  t.match(judge(desired, { ...seen, answers: false }), [{ code: 'directory-silent', message: /Niemand kann sich/ }])
  t.match(judge(desired, { ...seen, found: ['10.20.0.3'] }), [{ code: 'directory-serves' }])
  t.match(judge(desired, { ...seen, found: ['10.20.14.9'] }), [
    { code: 'directory-misled', message: /10\.20\.14\.9 statt/ },
  ])
  t.match(judge(desired, { ...seen, found: [] }), [{ code: 'directory-misled', message: /dc1\.schule\.lan gibt es/ }])
  t.match(judge(desired, { ...seen, named: false }), [{ code: 'directory-unreachable', message: /10\.20\.0\.3/ }])
  t.match(judge(desired, { ...seen, reader: 'silent' }), [{ code: 'directory-unreachable' }])
  t.match(judge(desired, { ...seen, reader: 'refused' }), [{ code: 'directory-reader', message: /werden beantwortet/ }])
  const waiting = [{ address: '10.20.14.7', seconds: 590 }]
  t.match(judge(desired, { ...seen, waiting }), [
    { code: 'directory-serves' },
    { code: 'sign-in-waits', severity: 'warning', message: /10\.20\.14\.7 .* 10 min/ },
  ])
  t.match(judge({ ...desired, language: 'en' }, { ...seen, made: undefined }), [{ message: /Nobody can sign in/ }])
})

t.test('nobody is locked unless the school says so, and the services never', async (t) => {
  const thresholds = (passwords: object) =>
    Object.fromEntries(
      (
        derive({ state: { ...school, directory: Directory.parse({ address: '10.20.0.3', passwords }) } }).domain
          ?.entries ?? []
      ).flatMap(({ dn, kept }) => {
        const threshold = kept['msDS-LockoutThreshold'] ?? kept['lockoutThreshold']
        return threshold === undefined ? [] : [[dn.split(',')[0], threshold[0]]]
      }),
    )
  t.ok(Object.values(thresholds({})).every((threshold) => threshold === '0'))
  const others = thresholds({ pupils: { failures: 10 }, others: { failures: 5 } })
  t.match(others, { 'CN=pupils': '10', 'DC=schule': '5', 'CN=services': '0', 'CN=teachers': '0' })
})

t.test('computers of a room join, but for those that do not', async (t) => {
  const { rooms, devices, ...rest } = school
  const joining = derive({
    state: {
      ...rest,
      rooms: rooms.map((room) => (room.name === 'r214' ? { ...room, joins: true } : room)),
      devices: devices.map((device) =>
        device.name === 'r214-pc08'
          ? { ...device, joins: false }
          : device.name === 'librarian'
            ? { ...device, joins: true }
            : device,
      ),
    },
  })
  const computers = joining.domain?.entries.filter(({ initial }) => initial['objectClass']?.[0] === 'computer')
  const names = computers?.flatMap(({ initial }) => initial['sAMAccountName'] ?? [])
  t.strictSame(names, ['R214-PC07$', 'LIBRARIAN$'])
})

t.test('spans of time are what AD counts in', async (t) => {
  const pupils = domain.entries.find(({ dn }) => dn.startsWith('CN=pupils,CN=Password Settings'))
  t.match(pupils?.kept, {
    'msDS-LockoutDuration': ['-1200000000'],
    'msDS-MaximumPasswordAge': ['-9223372036854775808'],
    'msDS-PSOAppliesTo': ['CN=pupils,OU=Groups,OU=School,DC=schule,DC=lan'],
  })
})
