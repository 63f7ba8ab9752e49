import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { firewallOf } from '../../../../agent/resources/firewall/derive.ts'
import { derive } from '../../../../agent/resources/ssh/derive.ts'
import { describe, plan } from '../../../../agent/resources/ssh/plan.ts'
import { render } from '../../../../agent/resources/ssh/render.ts'
import type { SshActual } from '../../../../agent/resources/ssh/schema.ts'
import { exampleInput, exampleSchool } from '../../../support/school.ts'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'
const school = (administration: SchoolStateInput['administration']): SchoolState =>
  SchoolState.parse({ ...exampleInput(), administration })
const open = derive({ state: school({ keys: [`${key} ada`] }) })
const shut = derive({ state: exampleSchool() })
const well: SshActual = { active: true, shown: 'a', present: 'a' }

t.test('a line for each key, for root alone; none without keys', async (t) => {
  t.same(render(open), [{ path: 'authorized_keys', text: `${key} ada\n`, mode: 0o600 }])
  t.same(render(shut), [])
})

t.test('what has to be done', async (t) => {
  const steps = (change: Partial<SshActual>) => plan(open, { ...well, ...change }).map(describe)
  t.same(steps({}), [])
  t.match(steps({ active: false, shown: undefined }), [/does not run/])
  t.match(steps({ shown: undefined }), [/does not answer/])
  t.match(steps({ present: 'b' }), [/another key/])
  t.match(plan(shut, well).map(describe), [/^- sshd/])
  t.same(plan(shut, { ...well, active: false, shown: undefined }), [])
})

t.test('the firewall opens what the keys are for, and only where the school says', async (t) => {
  const services = (administration: SchoolStateInput['administration']) =>
    firewallOf(school(administration)).services.filter(({ ports }) => ports.includes(22))
  t.same(services(undefined), [])
  t.same(services({ from: ['school', 'uplink'] }), [], 'without a key nobody could sign in')
  const service = { name: 'administration', protocol: 'tcp', ports: [22], own: true }
  t.same(services({ keys: [key] }), [{ ...service, from: ['school'] }])
  t.same(services({ keys: [key], from: ['uplink'] }), [{ ...service, from: ['uplink'] }])
})
