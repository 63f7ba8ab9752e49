import t from 'tap'
import { kerberosKeys } from '../../../../agent/accounts/bulk/keys.ts'

/** Test vectors of RFC 3962, appendix B. */
const vectors = [
  {
    iterations: 1,
    password: 'password',
    salt: 'ATHENA.MIT.EDUraeburn',
    aes128: '42263c6e89f4fc28b8df68ee09799f15',
    aes256: 'fe697b52bc0d3ce14432ba036a92e65bbb52280990a2fa27883998d72af30161',
  },
  {
    iterations: 2,
    password: 'password',
    salt: 'ATHENA.MIT.EDUraeburn',
    aes128: 'c651bf29e2300ac27fa469d693bdda13',
    aes256: 'a2e16d16b36069c135d5e9d2e25f896102685618b95914b467c67622225824ff',
  },
  {
    iterations: 1200,
    password: 'password',
    salt: 'ATHENA.MIT.EDUraeburn',
    aes128: '4c01cd46d632d01e6dbe230a01ed642a',
    aes256: '55a6ac740ad17b4846941051e1e8b0a7548d93b0ab30a8bc3ff16280382b8c2a',
  },
  {
    iterations: 1200,
    password: 'X'.repeat(65),
    salt: 'pass phrase exceeds block size',
    aes128: 'cb8005dc5f90179a7f02104c0018751d',
    aes256: 'd78c5c9cb872a8c9dad4697f0bb5b2d21496c82beb2caeda2112fceea057401b',
  },
  {
    iterations: 50,
    password: '\u{1d11e}',
    salt: 'EXAMPLE.COMpianist',
    aes128: 'f149c1f2e154a73452d43e7fe62a56e5',
    aes256: '4b6d9839f84406df1f09cc166db4b83c571848b784a3d6bdc346589a3e393f9e',
  },
]

for (const { iterations, password, salt, aes128, aes256 } of vectors) {
  t.test(`keys of ${password.slice(0, 8)} after ${iterations} rounds`, async (t) => {
    const keys = await kerberosKeys(password, salt, iterations)
    t.equal(keys.aes128.toString('hex'), aes128)
    t.equal(keys.aes256.toString('hex'), aes256)
  })
}

t.test('as a domain controller has derived them itself', async (t) => {
  const keys = await kerberosKeys('Geheim-12345', 'SCHULE.LANalice')
  t.equal(keys.aes256.toString('hex'), '195e7500bbe50b185fa1e5bb95c4cd6d8297510b9564cedd25b67e526e07f870')
  t.equal(keys.aes128.toString('hex'), '06de16d288bea42d5ecccacbe0a12654')
})
