import t from 'tap'
import { activated } from '../../../agent/sockets/activated.ts'

t.test('the sockets that systemd hands over, by their names', async (t) => {
  t.strictSame(activated({ LISTEN_FDS: '2', LISTEN_FDNAMES: 'platform:root' }), [
    { fd: 3, audience: 'platform' },
    { fd: 4, audience: 'root' },
  ])
  t.strictSame(activated({}), [])
})

t.test('a socket of unknown purpose is not served', async (t) => {
  t.throws(() => activated({ LISTEN_FDS: '1', LISTEN_FDNAMES: 'unknown' }), { message: /"unknown"/ })
})
