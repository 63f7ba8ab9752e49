import t from 'tap'
import { reservedFor } from '../../../agent/model/local-names.ts'
import { SchoolState } from '../../../agent/model/state.ts'
import { derive as certificates } from '../../../agent/resources/certificates/derive.ts'
import { derive as dns } from '../../../agent/resources/dns/derive.ts'
import { derive as web } from '../../../agent/resources/web/derive.ts'
import { exampleInput } from '../../support/school.ts'

t.test('whatever a service of the box is called in the domain, no device can be called so', async (t) => {
  const directory = { address: '10.20.0.3' }
  const state = SchoolState.parse({ ...exampleInput(), devices: [], forwards: [], directory })
  const names = [
    ...dns({ state }).records.map(({ name }) => name.replace(/\.$/, '')),
    ...certificates({ state }).names,
    ...(web({ state }).page?.names ?? []),
  ]
  const suffix = `.${state.school.domain}`
  // A device has one label: `server.guest` is beyond it.
  const own = new Set(
    names
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length))
      .filter((label) => !label.includes('.')),
  )
  t.strictSame([...own].toSorted(), ['dc1', 'server'])
  for (const label of own) t.type(reservedFor(label), 'string', label)
})
