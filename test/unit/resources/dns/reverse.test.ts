import t from 'tap'
import { reverseName, reverseZones } from '../../../../agent/resources/dns/reverse.ts'

t.test('names of addresses', async (t) => {
  t.equal(reverseName('10.20.14.7'), '7.14.20.10.in-addr.arpa.')
  t.equal(reverseName('2001:db8::1:a'), 'a.0.0.0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.')
})

t.test('zones of networks', async (t) => {
  t.same(reverseZones('10.20.0.1/16'), ['20.10.in-addr.arpa.'])
  t.same(reverseZones('10.0.0.1/8'), ['10.in-addr.arpa.'])
  t.same(
    reverseZones('10.30.4.1/22'),
    [4, 5, 6, 7].map((third) => `${third}.30.10.in-addr.arpa.`),
  )
  t.same(reverseZones('192.168.5.65/26'), ['5.168.192.in-addr.arpa.'], 'a part of a zone is served as the whole')
  t.equal(reverseZones('172.16.0.1/12').length, 16)
  t.same(reverseZones('fd20:1::1/64'), ['0.0.0.0.0.0.0.0.1.0.0.0.0.2.d.f.ip6.arpa.'])
})
