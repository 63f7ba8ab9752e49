import t from 'tap'
import { giving, rightOnNames } from '../../agent/resources/directory/descriptor.ts'
import { Directory } from '../../agent/model/directory.ts'
import { dns } from '../../agent/resources/dns/index.ts'
import { directory as resource } from '../../agent/resources/directory/index.ts'
import { localSystem } from '../../agent/system/local.ts'
import { until } from '../../cli/lab/until.ts'
import { addPerson, passwordValue } from '../support/directory-people.ts'
import { directoryAddress, directorySchool, startDirectory } from '../support/directory.ts'
import { workstationOn, type Workstation } from '../support/workstation.ts'

/** Programs of a real workstation against the domain controller. */

t.setTimeout(900_000)

const passwords = { pupil: 'Regenbogen', teacher: 'Kreidestaub-7', admin: 'Schluesselbund-2026' }

const { rooms, ...rest } = directorySchool()
const joining = rooms.map((room) => (room.name === 'r214' ? { ...room, joins: true } : room))
const box = await startDirectory(t, { school: { ...rest, rooms: joining }, resources: [dns] })
const { directory } = box.system
await addPerson(directory, 'p.pupil', passwords.pupil, 'pupils')
await addPerson(directory, 't.teacher', passwords.teacher, 'teachers')
await addPerson(directory, 'a.admin', passwords.admin, 'school-administrators')

/** `r214-pc07` as a Debian machine that has not joined; it asks the box for names, as every device of a school does. */
const device = await box.device('r214-pc07', 7)
await localSystem().files.write(
  `/etc/netns/${device.namespace}/resolv.conf`,
  'search schule.lan\nnameserver 10.20.0.1\n',
)
const workstation = await workstationOn(device)
await workstation.write(
  '/etc/krb5.conf',
  '[libdefaults]\n  default_realm = SCHULE.LAN\n  dns_lookup_kdc = true\n  dns_lookup_realm = false\n  rdns = false\n',
)
await workstation.write(
  '/etc/samba/smb.conf',
  `[global]
  security = ads
  realm = SCHULE.LAN
  workgroup = SCHULE
  netbios name = R214-PC07
  kerberos method = secrets and keytab
  dedicated keytab file = /etc/krb5.keytab
  winbind use default domain = yes
  winbind refresh tickets = yes
  template shell = /bin/bash
  idmap config * : backend = tdb
  idmap config * : range = 3000-7999
  idmap config SCHULE : backend = rid
  idmap config SCHULE : range = 10000-999999
`,
)
await workstation.write('/root/ca.pem', (await box.system.files.read('/var/lib/iserv/certificates/ca.pem')) ?? '')

const any = Array.from({ length: 256 }, (_, status) => status)
const kinit = (on: Workstation, login: string, password: string) =>
  on.run(['kinit', `${login}@SCHULE.LAN`], { input: `${password}\n`, accept: any })

t.test('a pupil signs in with Kerberos and opens a share', async (t) => {
  t.equal((await kinit(workstation, 'p.pupil', 'falsch')).status, 1, 'not with a wrong password')
  const signedIn = await kinit(workstation, 'p.pupil', passwords.pupil)
  t.equal(signedIn.status, 0, signedIn.stderr)
  const listed = await workstation.run(
    ['smbclient', '//dc1.schule.lan/netlogon', '--use-kerberos=required', '--command=ls'],
    { accept: any },
  )
  t.equal(listed.status, 0, listed.stdout + listed.stderr)
  const tickets = await workstation.run(['klist'])
  t.match(tickets.stdout, /cifs\/dc1\.schule\.lan@SCHULE\.LAN/i)
  await workstation.run(['kdestroy'])
})

t.test('and with the password, encrypted; the old ways are closed', async (t) => {
  await workstation.write('/root/pupil', `username=p.pupil\npassword=${passwords.pupil}\ndomain=SCHULE\n`, '0600')
  const open = (...options: string[]) =>
    workstation.run(
      ['smbclient', '//dc1.schule.lan/netlogon', '--authentication-file=/root/pupil', '--command=ls', ...options],
      { accept: any },
    )
  const signedIn = await open()
  t.equal(signedIn.status, 0, signedIn.stdout + signedIn.stderr)
  t.not((await open('--option=client max protocol=NT1', '--option=client min protocol=NT1')).status, 0, 'SMB1')
  t.not((await open('--option=client ntlmv2 auth=no', '--option=client use spnego=no')).status, 0, 'NTLMv1')
})

t.test('LDAP is read over TLS with the certificate of the box, and never in clear words', async (t) => {
  const search = (url: string, bind: readonly string[], password = '') =>
    workstation.run(
      [
        'ldapsearch',
        '-LLL',
        '-H',
        url,
        ...bind,
        '-b',
        'DC=schule,DC=lan',
        '(sAMAccountName=t.teacher)',
        'gidNumber',
        'dn',
      ],
      { accept: any, input: password },
    )
  await workstation.write('/etc/ldap/ldap.conf', 'TLS_CACERT /root/ca.pem\nTLS_REQCERT demand\n')
  const secret = (await box.system.files.read('/var/lib/iserv/secrets/service-reader')) ?? ''
  await workstation.write('/root/secret', /^password=(.*)$/m.exec(secret)?.[1] ?? '', '0600')
  const reader = ['-x', '-D', 'service-reader@schule.lan', '-y', '/root/secret']
  const found = await search('ldaps://dc1.schule.lan', reader)
  t.equal(found.status, 0, found.stderr)
  t.match(found.stdout, /dn: CN=t\.teacher,OU=People,OU=School,DC=schule,DC=lan/)
  t.not((await search('ldap://dc1.schule.lan', reader)).status, 0, 'not without TLS')
  t.not((await search('ldaps://dc1.schule.lan', ['-x'])).status, 0, 'not without a name')
  t.not((await search('ldaps://10.20.0.3', reader)).status, 0, 'not under a name that the certificate does not cover')
  const changed = await workstation.run(['ldapmodify', '-H', 'ldaps://dc1.schule.lan', ...reader], {
    accept: any,
    input: 'dn: CN=t.teacher,OU=People,OU=School,DC=schule,DC=lan\nchangetype: modify\nreplace: mail\nmail: a@b.de\n',
  })
  t.equal(changed.status, 50, 'the account of the services may not write')
})

t.test('whoever may not, makes no computer and takes none', async (t) => {
  for (const [login, password] of [
    ['p.pupil', passwords.pupil],
    ['t.teacher', passwords.teacher],
  ] as const) {
    t.equal((await kinit(workstation, login, password)).status, 0)
    const taken = await workstation.run(['net', 'ads', 'join', '--use-krb5-ccache=/tmp/krb5cc_0', '--no-dns-updates'], {
      accept: any,
    })
    t.not(taken.status, 0, `${login} takes no declared computer`)
    const made = await workstation.run(
      [
        ...(['net', 'ads', 'join', '--use-krb5-ccache=/tmp/krb5cc_0', '--no-dns-updates'] as const),
        '--option=netbios name=EVIL-PC',
      ],
      { accept: any },
    )
    t.not(made.status, 0, `${login} makes no other computer`)
    t.match(made.stdout + made.stderr, /access|denied|quota|privilege|permission/i)
  }
  const found = await directory.search({
    base: 'DC=schule,DC=lan',
    scope: 'sub',
    filter: '(sAMAccountName=EVIL-PC$)',
    attributes: ['cn'],
  })
  t.strictSame(found, [])
})

t.test('an administrator of the school lets a declared computer join, and people sign in on it', async (t) => {
  t.equal((await kinit(workstation, 'a.admin', passwords.admin)).status, 0)
  // As Windows does, it asks the domain controller to write its name down; that this is refused harms nothing.
  const joined = await workstation.run(['net', 'ads', 'join', '--use-krb5-ccache=/tmp/krb5cc_0'], {
    accept: any,
    timeout: 120_000,
  })
  t.equal(joined.status, 0, joined.stdout + joined.stderr)
  t.equal((await workstation.run(['net', 'ads', 'testjoin', '-P'], { accept: any })).status, 0)
  await workstation.run(['kdestroy'])

  await workstation.run(['winbindd', '--daemon'])
  await until(async () => (await workstation.run(['wbinfo', '--ping-dc'], { accept: any })).status === 0, {
    what: 'the workstation to reach the domain controller',
    timeout: 60_000,
    every: 200,
  })
  const kerberos = await workstation.run(['wbinfo', '--krb5auth=p.pupil'], {
    accept: any,
    input: `${passwords.pupil}\n`,
  })
  t.equal(kerberos.status, 0, kerberos.stdout + kerberos.stderr)
  t.match((await workstation.run(['wbinfo', '--user-info=p.pupil'])).stdout, /p\.pupil/)

  const strange = await workstation.run(
    [
      ...(['net', 'ads', 'join', '--use-krb5-ccache=/tmp/krb5cc_0', '--no-dns-updates'] as const),
      '--option=netbios name=STRANGE-PC',
    ],
    { accept: any },
  )
  t.not(strange.status, 0, 'a computer that nobody declared does not join')
})

const zones = [
  'schule.lan,CN=MicrosoftDNS,DC=DomainDnsZones',
  '_msdcs.schule.lan,CN=MicrosoftDNS,DC=ForestDnsZones',
].map((zone) => `DC=${zone},DC=schule,DC=lan`)
/** An A record as AD keeps it: 10.20.99.99, of a zone, for a quarter of an hour. */
const record = Buffer.from('0400010005f000000100000000000384' + '0000000000000000' + '0a146363', 'hex').toString(
  'base64',
)
const asked = async (server: string, name: string, ...type: readonly string[]) =>
  (await workstation.run(['dig', '+short', server, name, ...type])).stdout.trim()
const update = (name: string, ...options: readonly string[]) =>
  workstation.run(['nsupdate', ...options], {
    accept: any,
    input: `server 10.20.0.3\nzone schule.lan\nupdate add ${name}.schule.lan. 900 A 10.20.99.99\nsend\n`,
  })
const writeName = (name: string, zone: string) =>
  workstation.run(
    ['ldapadd', '-H', 'ldaps://dc1.schule.lan', '-x', '-D', 'p.pupil@schule.lan', '-w', passwords.pupil],
    { accept: any, input: `dn: DC=${name},${zone}\nobjectClass: dnsNode\ndnsRecord:: ${record}\n` },
  )

t.test('nobody writes names of the school: no pupil, no computer, not even its own', async (t) => {
  t.match((await update('wpad')).stderr, /REFUSED/, 'without a ticket')
  t.equal((await kinit(workstation, 'p.pupil', passwords.pupil)).status, 0)
  for (const name of ['wpad', '*', 'moodle']) {
    t.match((await update(name, '-g')).stderr, /REFUSED/, `${name} by a pupil's signed update`)
    for (const zone of zones) t.equal((await writeName(name, zone)).status, 50, `${name} by LDAP into ${zone}`)
  }
  await workstation.run(['kdestroy'])
  await workstation.run(['kinit', '-k', '-t', '/etc/krb5.keytab', 'R214-PC07$@SCHULE.LAN'])
  for (const name of ['wpad', 'r214-pc07']) {
    t.match((await update(name, '-g')).stderr, /REFUSED/, `${name} by a joined computer`)
  }
  await workstation.run(['kdestroy'])
  t.equal(await asked('@10.20.0.3', 'wpad.schule.lan', 'A'), '')
  t.equal(await asked('@10.20.0.1', 'r214-pc07.schule.lan', 'A'), '10.20.14.7', 'its name is that of the school state')
})

t.test('a box from before is closed, and what was written is gone', async (t) => {
  for (const zone of zones) {
    const attributes = ['nTSecurityDescriptor']
    const [found] = await directory.search({
      base: zone,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes,
      binary: attributes,
    })
    const descriptor = found?.attributes['nTSecurityDescriptor']?.[0] as Uint8Array
    const values = [giving(descriptor, rightOnNames)]
    await directory.modify(zone, [{ kind: 'replace', attribute: 'nTSecurityDescriptor', values }])
    t.equal((await writeName('wpad', zone)).status, 0, `the attack succeeds in ${zone}`)
  }
  t.equal(await asked('@10.20.0.3', 'wpad.schule.lan', 'A'), '10.20.99.99')
  const { lines = [] } = (await box.engine.tend())['directory'] ?? {}
  for (const zone of zones) t.match(lines.join('\n'), `DC=wpad,${zone}: made by a person or a computer`)
  t.equal(await asked('@10.20.0.3', 'wpad.schule.lan', 'A'), '', 'the name is gone')
  for (const zone of zones) t.equal((await writeName('wpad', zone)).status, 50, `refused again in ${zone}`)
  t.strictSame((await box.engine.tend())['directory']?.lines, [])
})

t.test('the domain controller still writes what it needs itself', async (t) => {
  await directory.remove(`DC=_kpasswd._udp,${zones[0] ?? ''}`)
  t.equal(await asked('@10.20.0.3', '_kpasswd._udp.schule.lan', 'SRV'), '')
  await box.system.processes.run(['unbound-control', 'flush_zone', 'schule.lan'])
  const written = await box.system.processes.run(
    ['samba_dnsupdate', '--use-samba-tool', '--configfile=/var/lib/iserv/current/directory/smb.conf'],
    { accept: any, timeout: 120_000 },
  )
  t.equal(written.status, 0, written.stdout + written.stderr)
  t.equal(await asked('@10.20.0.3', '_kpasswd._udp.schule.lan', 'SRV'), '0 100 464 dc1.schule.lan.')
})

t.test('whoever gives no password learns no name of an account', async (t) => {
  for (const command of ['enumdomusers', 'querydispinfo', 'enumdomgroups', 'lookupnames t.teacher', 'netshareenum']) {
    const told = await workstation.run(['rpcclient', '-U%', '-N', '10.20.0.3', '-c', command], { accept: any })
    t.match(told.stdout + told.stderr, /ACCESS_DENIED/, command)
    t.notMatch(told.stdout, /teacher|Administrator|netlogon/)
  }
})

t.test('the built-in administrator is disabled until root gives it a password', async (t) => {
  const password = 'Generalschluessel-2026'
  t.match((await kinit(workstation, 'Administrator', password)).stderr, /revoked/)

  const account = 'CN=Administrator,CN=Users,DC=schule,DC=lan'
  await directory.modify(account, [
    { kind: 'replace', attribute: 'userAccountControl', values: ['512'] },
    { kind: 'replace', attribute: 'adminDescription', values: [] },
  ])
  t.match((await kinit(workstation, 'Administrator', password)).stderr, /incorrect/, 'a guess is judged')
  t.match((await box.engine.tend())['directory']?.lines, [/Administrator: disabled/], 'a box from before is mended')
  t.match((await kinit(workstation, 'Administrator', password)).stderr, /revoked/)

  const config = '--configfile=/var/lib/iserv/current/directory/smb.conf'
  const setPassword = ['samba-tool', 'user', 'setpassword', 'Administrator', `--newpassword=${password}`] as const
  await box.system.processes.run([...setPassword, config])
  t.strictSame((await box.engine.tend())['directory']?.lines, [], 'what root has done stays')
  t.equal((await kinit(workstation, 'Administrator', password)).status, 0)
  await workstation.run(['kdestroy'])
})

t.test('whoever guesses passwords keeps nobody out, and the services least of all', async (t) => {
  for (const round of Array.from({ length: 12 }, (_, index) => index)) {
    t.equal((await kinit(workstation, 't.teacher', `falsch-${round}`)).status, 1)
  }
  t.equal((await kinit(workstation, 't.teacher', passwords.teacher)).status, 0, 'the owner still gets in')

  // Where the school wants accounts to rest, the services' own still do not.
  const strict = Directory.parse({ address: directoryAddress, passwords: { others: { failures: 3 } } })
  await box.engine.enact({ ...box.school, directory: strict })
  await workstation.write('/root/guess', 'username=service-reader\npassword=falsch\ndomain=SCHULE\n', '0600')
  for (const _ of Array.from({ length: 6 })) {
    const guessed = await workstation.run(
      ['smbclient', '//dc1.schule.lan/netlogon', '--authentication-file=/root/guess', '--command=ls'],
      { accept: any },
    )
    t.match(guessed.stdout + guessed.stderr, /LOGON_FAILURE/)
  }
  t.match((await box.engine.prove())['directory'], [{ code: 'directory-serves' }])
})

t.test('a directory that refuses the own account is told apart from one that does not serve', async (t) => {
  const reader = 'CN=service-reader,OU=Services,OU=School,DC=schule,DC=lan'
  const values = [passwordValue('ein-anderes-und-langes-Passwort-2026')]
  await directory.modify(reader, [{ kind: 'replace', attribute: 'unicodePwd', values }])
  const findings = await resource.prepare({ state: box.school, locks: [] }).probe(box.system)
  t.match(findings, [{ code: 'directory-reader' }])
  await box.system.units.stop('samba-ad-dc.service')
  t.match(await resource.prepare({ state: box.school, locks: [] }).probe(box.system), [{ code: 'directory-silent' }])
})
