import t from 'tap'
import { derive } from '../../../../agent/resources/dhcp/derive.ts'
import { judge, type Seen } from '../../../../agent/resources/dhcp/judge.ts'
import { exampleSchool } from '../../../support/school.ts'

const desired = derive({ state: exampleSchool(), locks: [] })
const well: Seen = { answers: true, listening: ['br-school', 'br-guest'], waiting: [], pools: [] }
const codes = (seen: Partial<Seen>) =>
  judge(desired, { ...well, ...seen }).map(({ code, severity }) => `${severity} ${code}`)

t.test('findings', async (t) => {
  t.same(codes({}), ['ok dhcp-serves'])
  t.same(codes({ answers: false }), ['error dhcp-silent'])
  t.same(codes({ listening: ['br-guest'] }), ['error dhcp-deaf'])
  t.same(codes({ listening: ['br-guest'], waiting: ['the interface br-school is not running'] }), [
    'warning dhcp-no-cable',
  ])
})

t.test('a pool that runs out', async (t) => {
  const use = (taken: number, total: number) => codes({ pools: [{ network: 'guest', taken, total }] })
  t.same(use(89, 100), ['ok dhcp-serves'])
  t.same(use(90, 100), ['warning dhcp-pool-full'])
  t.same(use(100, 100), ['error dhcp-pool-full'])
  t.same(use(0, 0), ['ok dhcp-serves'], 'a network without a pool')
})

t.test('in the language of the school', async (t) => {
  const pools = [{ network: 'guest', taken: 95, total: 100 }]
  t.match(judge(desired, { ...well, pools })[0]?.message, 'Im Netz guest sind 95 von 100 freien Adressen vergeben.')
  const english = { ...desired, language: 'en' as const }
  t.match(judge(english, { ...well, pools })[0]?.message, '95 of 100 free addresses of network guest are taken.')
})
