import t from 'tap'
import { addressIn } from '../../../agent/guessing/read.ts'

/** A line as Samba 4.22 writes it. */
const line = (change: object) =>
  `  ${JSON.stringify({
    timestamp: '2026-12-01T12:49:56.158938+0000',
    type: 'Authentication',
    Authentication: {
      version: { major: 1, minor: 3 },
      eventId: 4625,
      status: 'NT_STATUS_WRONG_PASSWORD',
      localAddress: 'ipv4:10.20.0.3:445',
      remoteAddress: 'ipv4:10.20.14.7:60596',
      serviceDescription: 'SMB2',
      clientAccount: 't.teacher',
      mappedAccount: 't.teacher',
      ...change,
    },
  })}`

t.test('a wrong password, and from where', async (t) => {
  t.equal(addressIn(line({})), '10.20.14.7')
  const kerberos = { serviceDescription: 'Kerberos KDC', localAddress: null, mappedAccount: null }
  t.equal(addressIn(line({ ...kerberos, clientAccount: 't.teacher@SCHULE.LAN' })), '10.20.14.7')
  t.equal(addressIn(line({ status: 'NT_STATUS_ACCOUNT_LOCKED_OUT' })), '10.20.14.7', 'guessing on')
})

t.test('what does not count', async (t) => {
  t.equal(addressIn(line({ status: 'NT_STATUS_OK' })), undefined)
  t.equal(addressIn(line({ status: 'NT_STATUS_NO_SUCH_USER' })), undefined, 'no password of anybody was tried')
  t.equal(addressIn(line({ mappedAccount: 'R214-PC07$' })), undefined, 'a computer with an old key')
  t.equal(addressIn(line({ mappedAccount: null, clientAccount: 'host/pc07.schule.lan@SCHULE.LAN' })), undefined)
  t.equal(addressIn(line({ remoteAddress: 'ipv4:10.20.0.3:1234' })), undefined, 'the box itself')
  t.equal(addressIn(line({ remoteAddress: 'ipv4:127.0.0.1:1234' })), undefined)
  t.equal(addressIn(line({ remoteAddress: 'unix:' })), undefined, 'asked by winbindd')
  t.equal(addressIn(line({ remoteAddress: null })), undefined)
  for (const text of ['', '{', 'null', '[]', '{"type":"Authorization"}', line({}).slice(0, 200)]) {
    t.equal(addressIn(text), undefined, text)
  }
})
