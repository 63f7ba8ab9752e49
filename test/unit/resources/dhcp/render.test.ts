import t from 'tap'
import { derive } from '../../../../agent/resources/dhcp/derive.ts'
import { keaConfig, render } from '../../../../agent/resources/dhcp/render.ts'
import { golden } from '../../../support/golden.ts'
import { exampleSchool } from '../../../support/school.ts'

t.test('the example school', async (t) => {
  const desired = derive({ state: exampleSchool(), locks: [] })
  for (const { path, text } of render(desired)) golden(t, `kea/example/${path}`, text)
})

t.test('a configuration to be judged names no interfaces', async (t) => {
  const desired = derive({ state: exampleSchool(), locks: [] })
  t.notMatch(JSON.stringify(keaConfig(desired, [])), /br-/)
})
