import t from 'tap'
import { Duration, MacAddress, PortName } from '../../../agent/model/scalars.ts'

t.test('a MAC address is accepted in every common spelling and kept in one', async (t) => {
  for (const text of ['52:54:00:AA:01:1F', '52-54-00-aa-01-1f', '5254.00aa.011f', '525400aa011f']) {
    t.equal(MacAddress.parse(text), '52:54:00:aa:01:1f', text)
  }
})

t.test('a MAC address that no card can have is refused', async (t) => {
  for (const text of ['52:54:00:aa:01', '52:54:00:aa:01:zz', '01:00:5e:00:00:01', '00:00:00:00:00:00', '']) {
    t.equal(MacAddress.safeParse(text).success, false, text)
  }
})

t.test('a duration is text outside and seconds inside', async (t) => {
  t.equal(Duration.parse('4h'), 14_400)
  t.equal(Duration.encode(14_400), '4h')
  t.equal(Duration.encode(90), '90s')
  t.equal(Duration.safeParse('0m').success, false)
  t.equal(Duration.safeParse('4 h').success, false)
})

t.test('a port is known by its MAC address or its name, inside always by its name', async (t) => {
  for (const text of ['52:54:00:AA:01:1F', '52-54-00-aa-01-1f', '525400aa011f', 'enx525400aa011f']) {
    t.equal(PortName.parse(text), 'enx525400aa011f', text)
  }
  t.equal(PortName.parse('enp1s0'), 'enp1s0')
  const refused = (text: string) => PortName.safeParse(text).error?.issues[0]?.message
  t.match(refused('52:54:00:aa:01'), /is neither a MAC address nor an interface name/)
  t.match(refused('01:00:5e:00:00:01'), /is a group address/)
  t.match(refused('a name'), /is neither a MAC address nor an interface name/)
})
