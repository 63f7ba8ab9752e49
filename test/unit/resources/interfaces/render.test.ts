import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { derive } from '../../../../agent/resources/interfaces/derive.ts'
import { networkFileName, render } from '../../../../agent/resources/interfaces/render.ts'
import { golden } from '../../../support/golden.ts'
import { exampleSchool } from '../../../support/school.ts'

/** One port with three networks, two of them tagged, and a fixed line without IPv6. */
const vlans: SchoolStateInput = {
  version: 1,
  school: { name: 'Test', domain: 'schule.lan' },
  uplink: { port: 'enp1s0', ipv4: { address: '198.51.100.20/24', gateway: '198.51.100.1' }, ipv6: 'off' },
  networks: [
    { name: 'school', ports: ['lan0', 'lan1'], ipv4: '10.20.0.1/16', ipv6: 'fd20:1:0:0::1/64' },
    { name: 'guest', ports: ['lan0'], vlan: 30, ipv4: '10.30.0.1/22' },
    { name: 'wlan', ports: ['lan0', 'enp130s0f1np1'], vlan: 4094, ipv4: '10.40.0.1/22' },
  ],
}

const linksOf = (state: SchoolState) => derive({ state, locks: [] })

for (const [name, state] of [
  ['example', exampleSchool()],
  ['vlans', SchoolState.parse(vlans)],
] as const) {
  t.test(name, async (t) => {
    const files = render(linksOf(state)).map(({ path, text }) => `# ${path}\n${text}`)
    golden(t, `networkd/${name}.txt`, files.join('\n'))
  })
}

t.test('names of interfaces fit the kernel and are unlike', async (t) => {
  const names = linksOf(SchoolState.parse(vlans)).links.map(({ name }) => name)
  t.same(
    names.filter((name) => name.length > 15),
    [],
  )
  t.equal(new Set(names).size, names.length)
  t.ok(names.includes('130s0f1np1.4094'), 'the end of a long name')
})

t.test('the name of a file changes with its content, and only with it', async (t) => {
  const state = exampleSchool()
  const nameOf = (changed: SchoolState, link: string) =>
    linksOf(changed)
      .links.filter(({ name }) => name === link)
      .map(networkFileName)
  const domain = { ...state, school: { ...state.school, domain: 'andere.lan' } }
  t.notSame(nameOf(state, 'br-school'), nameOf(domain, 'br-school'))
  t.same(nameOf(state, 'lan0'), nameOf(domain, 'lan0'))
})
