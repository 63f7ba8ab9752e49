import t from 'tap'
import { attemptOf } from '../../../cli/commands/wlan/attempt.ts'

const told = (MESSAGE: string) => attemptOf(JSON.stringify({ __REALTIME_TIMESTAMP: '1787125260000000', MESSAGE }))

t.test('what FreeRADIUS has written down of sign-ins', async (t) => {
  t.match(told('accepted teacher teachers ap-r214 02-00-00-00-00-01 a.lehrer'), {
    at: 1_787_125_260_000,
    outcome: 'accepted',
    role: 'teacher',
    network: 'teachers',
    accessPoint: 'ap-r214',
    login: 'a.lehrer',
    reason: null,
  })
  t.match(told('refused ap-r214 02-00-00-00-00-01 "a b "c" role" role'), {
    outcome: 'refused',
    login: 'a b "c" role',
    reason: 'this role may not use the wireless network',
  })
  const reasons: Readonly<Record<string, RegExp>> = {
    'mschap: The value provided as the current password is not correct. [0xC000006A]': /^wrong password$/,
    'mschap: The account is disabled. [0xc0000072]': /locked by the school/,
    'mschap: locked out [0xC0000234]': /too many wrong passwords/,
    'mschap: Unable to contact winbind!': /did not answer/,
    'eap_peap: (TLS) TLS - Alert read:fatal:unknown CA': /does not trust/,
    'something else': /^something else$/,
  }
  for (const [words, reason] of Object.entries(reasons)) {
    t.match(told(`refused hall 02-00-00-00-00-01 "" ${words}`)?.reason, reason)
  }
  t.equal(told('Ready to process requests'), undefined)
})
