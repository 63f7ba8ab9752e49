import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { derive } from '../../../../agent/resources/dns/derive.ts'
import { configDigest, listenDigest, namesDigest, render } from '../../../../agent/resources/dns/render.ts'
import { golden } from '../../../support/golden.ts'
import { exampleInput } from '../../../support/school.ts'

const of = (change: Partial<SchoolStateInput> = {}) =>
  derive({ state: SchoolState.parse({ ...exampleInput(), ...change }) })

t.test('the example school', async (t) => {
  for (const { path, text } of render(of())) golden(t, `unbound/example/${path}`, text)
})

t.test('a directory, forwarders, and no filters', async (t) => {
  const change: Partial<SchoolStateInput> = {
    directory: { address: '10.20.0.3' },
    uplink: { port: 'uplink0', dns: ['198.51.100.1', '2001:db8:1::1'] },
    filters: {},
    rooms: [],
    devices: [],
    networks: exampleInput().networks.map((network) => ({ ...network, filter: undefined })),
  }
  for (const { path, text } of render(of(change))) golden(t, `unbound/directory/${path}`, text)
})

t.test('digests tell what has to be done', async (t) => {
  const before = of()
  const devices = (exampleInput().devices ?? []).slice(1)
  const oneLess = of({ devices })
  t.equal(configDigest(oneLess), configDigest(before), 'a device less is no other configuration')
  t.not(namesDigest(oneLess), namesDigest(before))
  const { filters } = exampleInput()
  const other = of({
    filters: { ...filters, lists: filters?.lists?.map((list) => ({ ...list, domains: ['a.example'] })) },
  })
  t.not(configDigest(other), configDigest(before), 'other lists are')
  t.equal(listenDigest(other), listenDigest(before), 'but need no restart')
  const added = of({ filters: { ...filters, profiles: [...(filters?.profiles ?? []), { name: 'more' }] } })
  t.not(listenDigest(added), listenDigest(before), 'another profile is another port')
})
