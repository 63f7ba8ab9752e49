import { deepStrictEqual } from 'node:assert/strict'
import t from 'tap'
import { withDevices } from '../../../agent/devices/change.ts'
import { preview } from '../../../agent/devices/preview.ts'
import { recordOf } from '../../../agent/devices/record.ts'
import { Device } from '../../../agent/model/device.ts'
import { readState } from '../../../agent/model/read.ts'
import { exampleText } from '../../support/school.ts'
import { fc } from '../../support/property.ts'

const documents = [{ file: 'school.yaml', text: exampleText() }]

/** A value for each key a device can have: one that is new to the schema is missing here until somebody adds it. */
const values: {
  readonly [Key in Exclude<keyof Device, 'name' | 'mac' | 'room' | 'network'>]-?: fc.Arbitrary<unknown>
} = {
  address: fc.nat({ max: 200 }).map((number) => `10.20.77.${number + 1}`),
  internet: fc.boolean(),
  joins: fc.boolean(),
  comment: fc.stringMatching(/^[A-Za-z0-9äß:#'"-]{1,20}$/),
}

const device = fc
  .tuple(
    fc.constantFrom('r214-pc07', 'newcomer'),
    fc.constantFrom({ room: 'r214' }, { network: 'school' }),
    fc.record(values, { requiredKeys: [] }),
  )
  .map(([name, place, said]) => Device.parse({ name, mac: '52:54:00:77:07:01', ...place, ...said }))

t.test('a device that is written into the state is read again as it was', async () => {
  fc.assert(
    fc.property(device, (given) => {
      const { devices } = readState(withDevices(documents, { rooms: [], devices: [given] })).state
      deepStrictEqual(
        devices.find(({ name }) => name === given.name),
        given,
      )
    }),
    { numRuns: 100 },
  )
})

t.test('what a list does not say of a device stays', async () => {
  fc.assert(
    fc.property(device, (before) => {
      const { state } = readState(withDevices(documents, { rooms: [], devices: [before] }))
      const cells = { name: { text: before.name, column: 1 }, mac: { text: '52:54:00:77:07:02', column: 2 } }
      const reading = recordOf(1, cells)
      if (!('record' in reading)) throw new Error('the record cannot be read')
      const [changed] = preview([reading.record], state).changed
      deepStrictEqual(changed?.after, { ...before, mac: '52:54:00:77:07:02' })
    }),
    { numRuns: 100 },
  )
})
