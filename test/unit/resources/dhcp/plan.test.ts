import t from 'tap'
import { Device } from '../../../../agent/model/device.ts'
import type { SchoolState } from '../../../../agent/model/state.ts'
import { derive } from '../../../../agent/resources/dhcp/derive.ts'
import { describe, plan } from '../../../../agent/resources/dhcp/plan.ts'
import { keaConfig } from '../../../../agent/resources/dhcp/render.ts'
import type { Actual, JsonObject } from '../../../../agent/resources/dhcp/schema.ts'
import { designSchool, exampleSchool } from '../../../support/school.ts'

/** A Kea that runs what a state asks for, with defaults filled in as it does. */
function running(state: SchoolState, change: object = {}): Extract<Actual, { running: true }> {
  const { networks } = derive({ state, locks: [] })
  const config = structuredClone(keaConfig(derive({ state, locks: [] }))) as { Dhcp4: Record<string, never> }
  const filledIn = { Dhcp4: { ...config.Dhcp4, allocator: 'iterative', 'next-server': '0.0.0.0' } } as JsonObject
  return {
    running: true,
    config: filledIn,
    serving: true,
    sockets: 'ready',
    listening: networks.map(({ bridge }) => bridge),
    ...change,
  }
}

function lines(wanted: SchoolState, actual: Actual): readonly string[] {
  return plan(derive({ state: wanted, locks: [] }), actual).flatMap((step) => describe(step).split('\n'))
}

const school = exampleSchool()

t.test('nothing to do', async (t) => {
  t.same(lines(school, running(school)), [])
  t.same(lines(designSchool(), running(designSchool())), [])
  const reordered = { ...school, devices: school.devices.toReversed(), networks: school.networks.toReversed() }
  t.same(lines(reordered, running(school)), [], 'order means nothing')
})

t.test('each change is a line', async (t) => {
  const devices = school.devices.flatMap((device) => {
    if (device.name === 'r118-pc31') return []
    if (device.name === 'r214-pc07') return [{ ...device, address: school.devices[1]!.address }]
    if (device.name === 'r214-pc08') return [Device.parse({ name: device.name, mac: device.mac, room: device.room })]
    if (device.name === 'librarian') return [{ ...device, mac: school.devices[2]!.mac }]
    return [device]
  })
  t.same(lines({ ...school, devices }, running(school)), [
    '~ reservation r214-pc07 52:54:00:14:07:01 → 10.20.14.8 (was r214-pc07 10.20.14.7)',
    '~ reservation r214-pc08 52:54:00:14:08:01 (was r214-pc08 10.20.14.8)',
    '~ reservation librarian 52:54:00:18:31:01 (was r118-pc31 10.20.18.31)',
    '- reservation librarian 52:54:00:00:10:01',
  ])
  const networks = school.networks.map((network) => ({ ...network, lease: 28_800 }))
  t.same(lines({ ...school, networks }, running(school)), [
    '~ subnet school valid-lifetime 14400 → 28800',
    '~ subnet guest valid-lifetime 3600 → 28800',
  ])
  t.same(lines(school, running({ ...school, networks: school.networks.slice(0, 1) })), [
    '~ server interfaces-config',
    '+ subnet guest 10.30.0.0/22 with 0 reservations',
  ])
  t.same(lines({ ...school, networks: school.networks.slice(0, 1) }, running(school)), [
    '~ server interfaces-config',
    '- subnet 10.30.0.0/22',
  ])
})

t.test('a Kea that does not serve', async (t) => {
  t.same(lines(school, { running: false }), ['+ start Kea'])
  t.same(lines(school, running(school, { serving: false })), ['~ Kea serves again'])
  t.same(lines(school, running(school, { listening: ['br-guest'] })), ['~ listen on br-school again'])
  t.same(lines(school, running(school, { listening: [], sockets: 'retrying' })), [], 'it is trying itself')
})
