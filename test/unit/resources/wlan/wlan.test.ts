import t from 'tap'
import { derive } from '../../../../agent/resources/wlan/derive.ts'
import { judge } from '../../../../agent/resources/wlan/judge.ts'
import { describe, plan } from '../../../../agent/resources/wlan/plan.ts'
import { render } from '../../../../agent/resources/wlan/render.ts'
import type { WlanActual } from '../../../../agent/resources/wlan/schema.ts'
import { newSecret } from '../../../../agent/resources/wlan/secrets.ts'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { golden } from '../../../support/golden.ts'
import { exampleInput, exampleSchool } from '../../../support/school.ts'

function school(wlan: SchoolStateInput['wlan']): SchoolState {
  const input = exampleInput()
  const vlan = { name: 'teachers', ports: ['lan0'], vlan: 120, ipv4: '10.120.0.1/16' }
  const networks = [...input.networks, vlan]
  return SchoolState.parse({ ...input, networks, directory: { address: '10.20.0.3' }, wlan })
}

const accessPoints = [
  { name: 'ap-r214', address: '10.20.0.40' },
  { name: 'hall', address: 'fd20:1::8:0/112' },
]
const desired = derive({ state: school({ accessPoints, roles: { pupil: 'school', teacher: 'teachers' } }) })
const well: WlanActual = { active: true, loaded: 'a', present: 'a', secrets: ['ap-r214', 'hall', 'old'] }
const steps = (change: Partial<WlanActual>) => plan(desired, { ...well, ...change }).map(describe)

t.test('a school with access points of both families', async (t) => {
  const [file, ...others] = render(desired)
  golden(t, `freeradius/example/${file?.path}`, file?.text ?? '')
  t.same(others, [])
})

t.test('a school without a wireless network, or without people', async (t) => {
  t.same(render(derive({ state: exampleSchool() })), [])
  const { directory: _, ...rest } = school({ accessPoints, roles: { pupil: 'school' } })
  t.same(render(derive({ state: rest })), [])
})

t.test('what has to be done', async (t) => {
  t.same(steps({}), [], 'the secret of an access point that is no longer declared is left alone')
  t.match(steps({ active: false }), [/does not run/])
  t.match(steps({ loaded: undefined }), [/does not answer/])
  t.match(steps({ present: 'b' }), [/another configuration/])
  t.match(steps({ secrets: ['hall'] }), ['+ secret of access point ap-r214', /new secrets/])
  const none = derive({ state: exampleSchool() })
  t.match(plan(none, well).map(describe), [/^- FreeRADIUS/])
  t.same(plan(none, { ...well, active: false }), [])
})

t.test('findings', async (t) => {
  const codes = (...seen: Parameters<typeof judge>) => judge(...seen).map(({ code, severity }) => `${severity} ${code}`)
  const refused = 'mschap: The specified account does not exist. [0xC0000064]'
  t.same(codes({ language: 'de' }, { loaded: 'a', refusal: refused, waiting: [] }), ['ok wlan-serves'])
  const silent = 'mschap: Unable to contact winbind!'
  t.same(codes({ language: 'de' }, { loaded: 'a', refusal: silent, waiting: [] }), ['error wlan-directory-silent'])
  t.same(codes({ language: 'en' }, { loaded: 'a', refusal: undefined, waiting: [] }), ['error wlan-directory-silent'])
  t.same(codes({ language: 'en' }, { loaded: undefined, refusal: undefined, waiting: [] }), ['error wlan-silent'])
})

t.test('secrets can be typed, and are never the same', async (t) => {
  const many = Array.from({ length: 200 }, newSecret)
  t.equal(new Set(many).size, many.length)
  t.ok(many.every((secret) => /^([a-km-np-z2-9]{4}-){5}[a-km-np-z2-9]{4}$/.test(secret)))
})
