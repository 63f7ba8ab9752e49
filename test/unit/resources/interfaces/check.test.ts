import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { unknownPorts } from '../../../../agent/resources/interfaces/check.ts'
import { derive } from '../../../../agent/resources/interfaces/derive.ts'
import type { Port } from '../../../../agent/resources/interfaces/ports.ts'
import { networkFileName, portOfFile } from '../../../../agent/resources/interfaces/render.ts'

const card = (digit: number): Port => ({
  name: `enx52540000000${digit}`,
  mac: `52:54:00:00:00:0${digit}`,
  driver: 'igc',
  link: 'off',
  otherNames: [`enp${digit}s0`],
})
const cards = [card(1), card(2), card(3)]

const desired = (uplink: string, ...networks: readonly (readonly string[])[]) => {
  const input: SchoolStateInput = {
    version: 1,
    school: { name: 'Test', domain: 'schule.lan' },
    uplink: { port: uplink },
    networks: networks.map((ports, at) => ({
      name: `net${at}`,
      ports: [...ports],
      vlan: at + 1,
      ipv4: `10.${20 + at}.0.1/16`,
    })),
  }
  return derive({ state: SchoolState.parse(input), locks: [] })
}
const nothing = new Set<string>()

t.test('a port is named by its MAC address in any spelling, or by its name', async (t) => {
  const wanted = desired('52:54:00:00:00:01', ['52-54-00-00-00-02', 'enx525400000003'])
  t.strictSame(
    wanted.links.filter(({ namedAt }) => namedAt).map(({ name }) => name),
    ['enx525400000001', 'enx525400000002', 'enx525400000003'],
  )
  t.strictSame(unknownPorts(wanted, cards, nothing), [])
})

t.test('one more card changes nothing: the others keep their names', async (t) => {
  const moved = [card(0), ...cards.map((one, at) => ({ ...one, otherNames: [`enp${at + 2}s0`] }))]
  t.strictSame(unknownPorts(desired('52:54:00:00:00:01', ['52:54:00:00:00:02']), moved, nothing), [])
})

t.test('every place that names a port which is not there is told, with the name by which it is there', async (t) => {
  const wanted = desired('enp1s0', ['52:54:00:00:00:02', '52:54:00:00:00:09'], ['52:54:00:00:00:09'])
  t.strictSame(unknownPorts(wanted, cards, nothing), [
    {
      severity: 'error',
      path: 'uplink.port',
      message: 'enp1s0 is no name of a port of this server',
      hint: 'Write enx525400000001.',
    },
    ...['networks[0].ports[1]', 'networks[1].ports[0]'].map((path) => ({
      severity: 'error',
      path,
      message: '52:54:00:00:00:09 is no name of a port of this server',
    })),
  ])
})

t.test('where ports are not named by their MAC addresses, as in a container, the name is told', async (t) => {
  const lab = [{ ...card(1), name: 'uplink0' }, card(2)]
  t.match(unknownPorts(desired('52:54:00:00:00:01', ['enx525400000002']), lab, nothing), [
    { path: 'uplink.port', hint: 'Write uplink0.' },
  ])
})

t.test('a port that is declared already and has died is no reason to refuse everything else', async (t) => {
  const wanted = desired('52:54:00:00:00:01', ['52:54:00:00:00:09'])
  const files = wanted.links.map((link) => portOfFile(networkFileName(link)))
  t.strictSame(unknownPorts(wanted, cards, new Set(files)), [])
  t.equal(portOfFile('40-br-net0.netdev'), undefined)
})
