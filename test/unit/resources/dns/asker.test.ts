import t from 'tap'
import { askerOf } from '../../../../agent/resources/dns/asker.ts'
import type { RoomLock } from '../../../../agent/model/lock.ts'
import { exampleSchool } from '../../../support/school.ts'

const state = exampleSchool()
const locks = [{ room: 'r214', since: 0, until: null, by: 'm.weber' }] as unknown as readonly RoomLock[]

t.test('whose questions end up where', async (t) => {
  t.match(askerOf('r214', state, []), { profile: { name: 'default' }, locked: false, address: '10.20.0.1', port: 5400 })
  t.match(askerOf('r214-pc07', state, locks), { profile: { name: 'exam' }, locked: true, port: 5402 })
  t.match(askerOf('r118-pc31', state, locks), { profile: { name: 'default' }, locked: false })
  t.match(askerOf('guest', state, locks), { profile: { name: 'youth' }, address: '10.30.0.1', port: 5401 })
  t.match(askerOf('roof-sensor', state, locks), { profile: { name: 'default' }, port: 5400 })
  t.throws(() => askerOf('r215', state, []), { code: 'DEVICE_UNKNOWN', message: /r214/ })
})
