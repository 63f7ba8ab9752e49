import type { Workstation } from './workstation.ts'

/** The ways in which people sign in, from a real workstation: each tells whether they were let in. */

const any = Array.from({ length: 256 }, (_, status) => status)

/** Sets the workstation's Kerberos up; AES alone is offered. */
export async function readyToSignIn(workstation: Workstation, authority: string): Promise<void> {
  await workstation.write(
    '/etc/krb5.conf',
    `[libdefaults]
  default_realm = SCHULE.LAN
  dns_lookup_kdc = true
  dns_lookup_realm = false
  rdns = false
  permitted_enctypes = aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96
`,
  )
  await workstation.write('/root/ca.pem', authority)
}

export async function byKerberos(workstation: Workstation, login: string, password: string): Promise<boolean> {
  const { status } = await workstation.run(['kinit', `${login}@SCHULE.LAN`], { input: `${password}\n`, accept: any })
  return status === 0
}

/** The kinds of the ticket's keys: the session's and the one it is sealed with. */
export async function ticketKinds(workstation: Workstation): Promise<string> {
  const { stdout } = await workstation.run(['klist', '-e'])
  return /Etype \(skey, tkt\): (?<kinds>.+)/.exec(stdout)?.groups?.['kinds']?.trim() ?? ''
}

export async function byNtlm(workstation: Workstation, login: string, password: string): Promise<boolean> {
  await workstation.write('/root/who', `username=${login}\npassword=${password}\ndomain=SCHULE\n`, '0600')
  const { status } = await workstation.run(
    ['smbclient', '//dc1.schule.lan/netlogon', '--authentication-file=/root/who', '--use-kerberos=off', '--command=ls'],
    { accept: any },
  )
  return status === 0
}

export async function byLdap(workstation: Workstation, login: string, password: string): Promise<boolean> {
  await workstation.write('/root/password', password, '0600')
  const bind = ['ldapwhoami', '-x', '-H', 'ldaps://dc1.schule.lan', '-D', `${login}@schule.lan`, '-y', '/root/password']
  const { status } = await workstation.run(['env', 'LDAPTLS_CACERT=/root/ca.pem', ...bind], { accept: any })
  return status === 0
}

/** Changes the own password as Windows does. */
export async function changesOwn(workstation: Workstation, login: string, old: string, now: string): Promise<boolean> {
  const { status } = await workstation.run(['kpasswd', `${login}@SCHULE.LAN`], {
    input: `${old}\n${now}\n${now}\n`,
    accept: any,
  })
  return status === 0
}
