import t from 'tap'
import { derive } from '../../../../agent/resources/interfaces/derive.ts'
import { findings, verdict } from '../../../../agent/resources/interfaces/judge.ts'
import type { ActualLink } from '../../../../agent/resources/interfaces/schema.ts'
import { networkFileName } from '../../../../agent/resources/interfaces/render.ts'
import { Ipv4, Ipv4Interface } from '../../../../agent/model/scalars.ts'
import { exampleSchool } from '../../../support/school.ts'

const port = (name: string, change: Partial<ActualLink> = {}): ActualLink => ({
  name,
  kind: '',
  mac: '52:54:00:aa:01:1f',
  otherNames: [],
  up: true,
  carrier: true,
  ours: true,
  addresses: name === 'uplink0' ? ['198.51.100.10/24'] : [],
  gateways: [],
  ...change,
})

const found = (links: readonly ActualLink[], language: 'de' | 'en' = 'en') =>
  findings({ ...derive({ state: exampleSchool(), locks: [] }), language }, links)

t.test('findings', async (t) => {
  const lan = [port('lan0'), port('guest0')]
  t.match(found([port('uplink0'), ...lan]), [{ code: 'interfaces-up', severity: 'ok' }])
  t.match(found(lan), [{ code: 'port-missing', severity: 'error', message: 'This server has no port uplink0.' }])
  t.match(found([port('uplink0', { addresses: [] }), ...lan]), [{ code: 'uplink-no-address', severity: 'warning' }])
  t.match(found([port('uplink0', { carrier: false }), ...lan], 'de'), [
    { code: 'port-no-cable', message: /^Am Internetanschluss uplink0 steckt kein Kabel/ },
  ])
  t.match(found([port('uplink0'), port('lan0', { carrier: false })]), [
    { code: 'port-no-cable', message: /port lan0/ },
    { code: 'port-missing', message: /guest0/ },
  ])
})

t.test('a fixed line to the internet', async (t) => {
  const state = exampleSchool()
  const ipv4 = { address: Ipv4Interface.parse('198.51.100.20/24'), gateway: Ipv4.parse('198.51.100.1') }
  const [uplink] = derive({ state: { ...state, uplink: { ...state.uplink, ipv4 } }, locks: [] }).links
  if (uplink === undefined) throw new Error('no uplink')
  const kind = (change: Partial<ActualLink>) =>
    verdict(
      uplink,
      new Map([['uplink0', port('uplink0', { file: networkFileName(uplink), addresses: [], ...change })]]),
    )
  t.match(kind({ carrier: false }), { kind: 'right' }, 'without a cable nobody can set an address')
  t.match(kind({ carrier: false, up: false }), { kind: 'broken', why: 'is switched off' })
  t.match(kind({}), { kind: 'broken', why: 'has lost 198.51.100.20/24' })
  t.match(kind({ addresses: ['198.51.100.20/24'] }), { kind: 'broken', why: /lost the way/ })
  t.match(kind({ addresses: ['198.51.100.20/24'], gateways: ['198.51.100.1'] }), { kind: 'right' })
})
