import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { derive } from '../../../../agent/resources/interfaces/derive.ts'
import { describe, plan } from '../../../../agent/resources/interfaces/plan.ts'
import { networkFileName } from '../../../../agent/resources/interfaces/render.ts'
import type { Actual, ActualLink, Link } from '../../../../agent/resources/interfaces/schema.ts'

const input = {
  version: 1,
  school: { name: 'Test', domain: 'schule.lan' },
  uplink: { port: 'uplink0', ipv4: { address: '198.51.100.20/24', gateway: '198.51.100.1' } },
  networks: [
    { name: 'school', ports: ['lan0'], ipv4: '10.20.0.1/16', ipv6: 'fd20:1::1/64' },
    { name: 'guest', ports: ['lan0'], vlan: 30, ipv4: '10.30.0.1/22' },
  ],
} satisfies SchoolStateInput

const desired = (change: Partial<SchoolStateInput> = {}) =>
  derive({ state: SchoolState.parse({ ...input, ...change }), locks: [] })

function addressesOf({ role }: Link): readonly string[] {
  if (role.kind === 'network') return role.ipv6 === undefined ? [role.ipv4] : [role.ipv4, role.ipv6.address]
  return role.kind === 'uplink' ? ['198.51.100.20/24', '2001:db8:1::2/64'] : []
}

/** A box on which everything is as declared, but for these changes by name; null: not there. */
function box(changes: Readonly<Record<string, Partial<ActualLink> | null>> = {}, links = desired().links): Actual {
  const there = links.flatMap((link): ActualLink[] => {
    const change = changes[link.name]
    if (change === null) return []
    const vlan = link.netdev?.kind === 'vlan' ? { vlanId: link.netdev.id } : {}
    return [
      {
        name: link.name,
        kind: link.netdev?.kind ?? '',
        mac: '52:54:00:aa:01:1f',
        otherNames: [],
        ...vlan,
        ...(link.bridge === undefined ? {} : { master: link.bridge }),
        up: true,
        carrier: true,
        ours: true,
        addresses: addressesOf(link),
        gateways: link.role.kind === 'uplink' ? ['198.51.100.1'] : [],
        file: networkFileName(link),
        ...change,
      },
    ]
  })
  return { links: there, forwarding: true }
}

const lines = (actual: Actual, wanted = desired()): readonly string[] =>
  plan(wanted, actual).map((step) => describe(step))
const stranger = {
  kind: '',
  mac: '',
  otherNames: [],
  up: true,
  carrier: true,
  ours: false,
  addresses: [],
  gateways: [],
}

t.test('nothing to do', async (t) => {
  t.same(lines(box()), [])
  const others = [
    { ...stranger, name: 'lo' },
    { ...stranger, name: 'docker0', kind: 'bridge', addresses: ['172.17.0.1/16'] },
    { ...stranger, name: 'tap0', kind: 'tun', master: 'br-school' },
  ]
  t.same(lines({ ...box(), links: [...box().links, ...others] }), [], 'links of others are theirs')
})

t.test('a new box', async (t) => {
  const file = { file: 'none' }
  t.same(
    lines({
      ...box({ uplink0: file, lan0: file, 'br-school': null, 'br-guest': null, 'lan0.30': null }),
      forwarding: false,
    }),
    [
      '~ link uplink0\n+ bridge br-school\n+ bridge br-guest\n~ link lan0\n+ VLAN lan0.30',
      '~ routing between networks',
    ],
  )
})

t.test('what somebody changed', async (t) => {
  const one = (name: string, change: Partial<ActualLink>) => lines(box({ [name]: change }))
  t.same(one('br-school', { up: false }), ['~ link br-school: is switched off'])
  t.same(one('lan0', { master: 'br-guest' }), ['~ link lan0: is no port of br-school'])
  t.same(one('uplink0', { master: 'br-school' }), ['~ link uplink0: is a port of br-school'])
  t.same(one('br-school', { addresses: ['10.20.0.1/16'] }), ['~ link br-school: has lost fd20:1::1/64'])
  t.same(one('uplink0', { gateways: [] }), ['~ link uplink0: has lost the way over 198.51.100.1'])
  t.same(one('br-guest', { addresses: ['10.30.0.1/22', '10.9.9.9/24'] }), [
    '~ link br-guest: has 10.9.9.9/24, which nobody declared',
  ])
  t.same(one('lan0.30', { vlanId: 31 }), ['- lan0.30', '+ VLAN lan0.30'], 'another VLAN under its name')
})

t.test('what is no longer declared', async (t) => {
  const smaller = desired({ networks: input.networks.slice(0, 1) })
  t.same(lines(box(), smaller), ['- br-guest', '- lan0.30', '~ link lan0'], 'its bridge and its VLAN')
  const moved = desired({ uplink: { ...input.uplink, port: 'wan0' } })
  t.same(lines(box(), moved), ['- link uplink0', '- port uplink0'], 'a former port is switched off')
  t.same(lines(box({ uplink0: { ours: false } }), moved), ['- link uplink0'])
})

t.test('a machine without a declared port', async (t) => {
  t.same(lines(box({ lan0: null, 'lan0.30': null })), [], 'leaves nothing to do; the probe tells of it')
})
