import t from 'tap'
import { z } from 'zod'
import { closedRpcPort } from '../../agent/model/directory-ports.ts'
import { answers } from '../../agent/resources/directory/ask.ts'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { addPerson } from '../support/directory-people.ts'
import { askSigned, askThere, wordsThatSignIn } from '../support/directory-scripts.ts'
import { exampleTextWithDirectory } from '../support/school.ts'
import { signIn } from '../support/sign-in.ts'
import { workstationOn } from '../support/workstation.ts'

/** The whole box makes the school's directory, a device finds it by what DHCP told, and what breaks is put right. */

t.setTimeout(900_000)

const box = await startBox(t)
const { directory, files, processes, units } = box.system
const any = Array.from({ length: 256 }, (_, status) => status)
const unit = 'samba-ad-dc.service'

const school = exampleTextWithDirectory().replace('title: Computerraum 214,', '$& joins: true,')
await box.apply(school)
await addPerson(directory, 'p.pupil', 'Regenbogen', 'pupils')
await addPerson(directory, 'a.admin', 'Schluesselbund-2026', 'school-administrators')

/** As joining writes it: the realm is known, so nobody asks the internet of the lab for it, where nobody answers. */
const kerberos = `[libdefaults]
  default_realm = SCHULE.LAN
  dns_lookup_realm = false
  rdns = false
[domain_realm]
  .schule.lan = SCHULE.LAN
`

/** As Windows has it: a member of the domain that may ask over RPC, too. */
const memberConfig = `[global]
  security = ads
  realm = SCHULE.LAN
  workgroup = SCHULE
  netbios name = R214-PC07
  kerberos method = secrets and keytab
  dedicated keytab file = /etc/krb5.keytab
`

const healthy = () =>
  until(async () => (await box.control(['box', 'status'], { accept: [0, 5] })).status === 0, {
    what: 'the box to work',
    timeout: 120_000,
    every: 500,
  })

t.test('a device of the school finds the directory and signs in', async (t) => {
  await healthy()
  const client = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
  await client.dhcp()
  const workstation = await workstationOn(client)
  await workstation.write('/etc/krb5.conf', kerberos)
  // Without a realm it would look for the server by NetBIOS, which is switched off, and wait.
  await workstation.write('/etc/samba/smb.conf', '[global]\n  realm = SCHULE.LAN\n  workgroup = SCHULE\n')
  const signedIn = await workstation.run(['kinit', 'p.pupil@SCHULE.LAN'], { input: 'Regenbogen\n', accept: any })
  t.equal(signedIn.status, 0, signedIn.stderr)
  const opened = await workstation.run(
    ['smbclient', '//dc1.schule.lan/netlogon', '--use-kerberos=required', '--command=ls'],
    { accept: any },
  )
  t.equal(opened.status, 0, opened.stdout + opened.stderr)

  await t.test('whoever gives no password learns no name of an account, over SMB or past it', async (t) => {
    const ask = (at: string) =>
      workstation.run(['rpcclient', '-U%', '-N', at, '-c', 'enumdomusers'], { accept: any, timeout: 60_000 })
    for (const at of ['10.20.0.3', 'ncacn_ip_tcp:10.20.0.3', `ncacn_ip_tcp:10.20.0.3[${closedRpcPort}]`]) {
      const told = await ask(at)
      t.not(told.status, 0, at)
      t.notMatch(told.stdout, 'Administrator')
    }
    const { stdout } = await processes.run(['python3', '-'], { input: askThere, timeout: 120_000 })
    t.match(stdout, /Administrator/, 'Samba tells it on the port that is closed')
    t.notMatch(stdout, /\d+ open/, 'and on none that is open')
  })

  await t.test('the computer joins, through the firewall', async (t) => {
    await workstation.write('/etc/samba/smb.conf', memberConfig)
    const admin = await workstation.run(['kinit', 'a.admin@SCHULE.LAN'], {
      input: 'Schluesselbund-2026\n',
      accept: any,
    })
    t.equal(admin.status, 0, admin.stderr)
    const joined = await workstation.run(['net', 'ads', 'join', '--use-krb5-ccache=/tmp/krb5cc_0'], {
      accept: any,
      timeout: 120_000,
    })
    t.equal(joined.status, 0, joined.stdout + joined.stderr)
    t.equal((await workstation.run(['net', 'ads', 'testjoin', '-P'], { accept: any })).status, 0)
    const rpc = await workstation.run(['net', 'rpc', 'testjoin'], { accept: any })
    t.equal(rpc.status, 0, rpc.stdout + rpc.stderr)
  })

  // Port 53 is answered by the guests' own resolver, wherever they ask.
  await t.test('guests do not', async (t) => {
    const guest = await box.client('phone', 'guest0', { mac: '52:54:00:99:00:02' })
    await guest.dhcp()
    const found = await guest.run(['nmap', '-Pn', '-n', '--open', '-p', '88,135,389,445,636', '10.20.0.3', '-oG', '-'])
    t.notMatch(found.stdout, /open\/tcp/)
  })
})

t.test('every service does without the internet: nobody is asked there for a name of the box', async (t) => {
  // Name servers outside are silent, which takes longer than a line that is down.
  const silence = `table inet silence {
  chain out {
    type filter hook output priority 0
    oifname uplink0 meta l4proto { tcp, udp } th dport 53 drop
  }
}
`
  await processes.run(['nft', '-f', '-'], { input: silence })
  t.teardown(() => processes.run(['nft', 'delete', 'table', 'inet', 'silence']).then(() => undefined))
  const wireless = 'wlan: { accessPoints: [{ name: ap-r214, address: 10.20.14.50 }], roles: { teacher: school } }\n'
  await box.apply(`${exampleTextWithDirectory()}\n${wireless}`)
  await until(
    async () => (await box.control(['box', 'status', '--json'], { accept: [0, 5] })).stdout.includes('wlan-serves'),
    {
      what: 'the wireless network to serve',
      timeout: 120_000,
    },
  )
  const client = await box.client('r214-pc08', 'lan0', { mac: '52:54:00:14:08:01' })
  const point = await box.client('ap-r214', 'lan0', { mac: '52:54:00:14:50:01' })
  await point.run(['ip', 'address', 'add', '10.20.14.50/16', 'dev', 'eth0'])

  await processes.run(['unbound-control', 'set_option', 'log-queries:', 'yes'])
  await client.dhcp()
  const workstation = await workstationOn(client)
  await workstation.write('/etc/krb5.conf', kerberos)
  await workstation.write('/etc/samba/smb.conf', '[global]\n  realm = SCHULE.LAN\n  workgroup = SCHULE\n')
  await workstation.write('/root/pupil', 'username=p.pupil\npassword=Regenbogen\ndomain=SCHULE\n', '0600')
  await workstation.write('/etc/ldap/ldap.conf', 'TLS_REQCERT never\n')
  const works = async (what: string, ...argv: readonly [string, ...string[]]) => {
    const { status, stdout, stderr } = await workstation.run(argv, { accept: any, input: 'Regenbogen\n' })
    t.equal(status, 0, `${what}: ${stdout}${stderr}`)
  }
  await works('names', 'dig', '+tries=1', '@10.20.0.1', 'server.schule.lan')
  await works('sign-in', 'kinit', 'p.pupil@SCHULE.LAN')
  await works('shares', 'smbclient', '//10.20.0.3/netlogon', '--authentication-file=/root/pupil', '--command=ls')
  await works(
    'the same by Kerberos',
    'smbclient',
    '//dc1.schule.lan/netlogon',
    '--use-kerberos=required',
    '--command=ls',
  )
  await works(
    'directory',
    'ldapsearch',
    '-x',
    '-H',
    'ldaps://10.20.0.3',
    '-D',
    'p.pupil@schule.lan',
    '-w',
    'Regenbogen',
    '-b',
    '',
    '-s',
    'base',
  )
  await works('page', 'curl', '--silent', '--fail', '--output', '/dev/null', 'http://10.20.0.1/')
  const asked = { identity: 'p.pupil', password: 'Regenbogen', patience: 20 }
  t.not((await signIn(await workstationOn(point), box, asked)).outcome, 'silent', 'wireless network')
  t.equal((await processes.run(['python3', '-'], { input: askSigned })).stdout, '68 True\n', 'time')
  await processes.run(['unbound-control', 'set_option', 'log-queries:', 'no'])

  const { stdout } = await processes.run(['journalctl', '--unit=unbound', '--output=cat', '--no-pager'])
  const names = new Set(
    stdout.split('\n').flatMap((line) => / info: \S+ (\S+)\. [A-Z]+ IN$/.exec(line)?.[1]?.toLowerCase() ?? []),
  )
  t.ok(names.has('server.schule.lan'), 'the questions were written down')
  // What it asks outside by its nature: the time servers, and whether the internet is there.
  const outward = /(^|\.)ptb\.de$|^de$/
  const foreign = [...names].filter(
    (name) => !/(^|\.)(schule\.lan|in-addr\.arpa|ip6\.arpa)$/.test(name) && !outward.test(name),
  )
  t.strictSame(foreign, [])
})

t.test('a killed domain controller is back, a changed rule and an edited file are put right', async (t) => {
  await processes.run(['systemctl', 'kill', '--signal=KILL', unit])
  await until(async () => (await units.status(unit)).restarts > 0, { what: 'systemd to start it again' })
  await until(() => answers(box.system), { what: 'the domain controller to answer again', timeout: 120_000 })

  const lockout = async () => {
    const attributes = ['lockoutThreshold']
    const base = { base: 'DC=schule,DC=lan', scope: 'base', filter: '(objectClass=*)', attributes } as const
    return (await directory.search(base))[0]?.attributes['lockoutThreshold']?.[0]
  }
  await directory.modify('DC=schule,DC=lan', [{ kind: 'replace', attribute: 'lockoutThreshold', values: ['3'] }])
  await until(async () => (await lockout()) === '0', {
    what: 'the rule to be put right',
    timeout: 120_000,
    every: 500,
  })

  const path = '/var/lib/iserv/current/directory/smb.conf'
  const right = await files.read(path)
  await files.write(path, `${right ?? ''}\n[all]\n  path = /\n  guest ok = yes\n`)
  await until(async () => (await files.read(path)) === right, { what: 'the file to be put right', timeout: 120_000 })
  await healthy()
  t.equal((await box.control(['box', 'status'])).status, 0)
})

t.test('a directory cannot be renamed', async (t) => {
  const other = school.replace('domain: schule.lan', 'domain: other.lan')
  const { status, stderr } = await box.control(['state', 'apply', '-'], { input: other, accept: any })
  t.equal(status, 5)
  t.match(stderr, 'The directory of this box is schule.lan and cannot become other.lan')
  await healthy()
})

t.test('whoever guesses passwords has to wait, and nobody is kept out', async (t) => {
  await addPerson(directory, 't.teacher', 'Kreidestaub-7', 'teachers')
  const device = async (name: string, mac: string) => {
    const client = await box.client(name, 'lan0', { mac })
    await client.dhcp()
    const workstation = await workstationOn(client)
    await workstation.write('/etc/krb5.conf', kerberos)
    await workstation.write('/etc/samba/smb.conf', '[global]\n  realm = SCHULE.LAN\n  workgroup = SCHULE\n')
    await workstation.write('/root/ca.pem', (await files.read('/var/lib/iserv/certificates/ca.pem')) ?? '')
    return workstation
  }
  const first = await device('roof-sensor', '52:54:00:00:09:01')
  const second = await device('r118-pc31', '52:54:00:18:31:01')
  const third = await device('workshop-cnc', '52:54:00:40:01:01')
  const waits = async (address: string) => {
    const { stdout } = await processes.run(['nft', '-j', 'list', 'set', 'inet', 'iserv', 'guessing'])
    const { nftables } = JSON.parse(stdout) as {
      nftables: { set?: { elem?: { elem: { val: string; timeout: number } }[] } }[]
    }
    const elements = nftables.flatMap(({ set }) => set?.elem ?? [])
    return elements.find(({ elem }) => elem.val === address)?.elem.timeout
  }
  /** Guesses until the device has to wait; for how many seconds. */
  const guess = async (address: string, one: (password: string) => Promise<unknown>) => {
    for (let tries = 0; tries < 60; tries += 1) {
      await one(`falsch-${tries}`)
      const seconds = await waits(address)
      if (seconds !== undefined) return seconds
    }
    return 0
  }
  const overSmb = (on: typeof first) => async (password: string) => {
    await on.write('/root/who', `username=t.teacher\npassword=${password}\ndomain=SCHULE\n`, '0600')
    return on.run(
      [
        'smbclient',
        '//dc1.schule.lan/netlogon',
        '--authentication-file=/root/who',
        '--use-kerberos=off',
        '--command=ls',
      ],
      { accept: any },
    )
  }
  t.equal(await guess('10.20.0.9', overSmb(first)), 20, 'SMB')
  const turnedAway = await overSmb(first)('Kreidestaub-7')
  t.match(
    turnedAway.stdout + turnedAway.stderr,
    /Connection to dc1\.schule\.lan failed/,
    'with the right password, too',
  )
  t.equal((await overSmb(second)('Kreidestaub-7')).status, 0, 'the owner gets in elsewhere')
  // As if the time were over, twice: whoever goes on is out for longer.
  const goOn = async () => {
    await processes.run(['nft', 'flush', 'set', 'inet', 'iserv', 'guessing'])
    return guess('10.20.0.9', overSmb(first))
  }
  t.equal(await goOn(), 20)
  t.equal(await goOn(), 600)

  const byKerberos = (password: string) =>
    second.run(['kinit', 't.teacher@SCHULE.LAN'], { input: `${password}\n`, accept: any })
  t.equal(await guess('10.20.18.31', byKerberos), 20, 'Kerberos')
  const ldap = ['ldapwhoami', '-x', '-H', 'ldaps://dc1.schule.lan', '-D', 't.teacher@schule.lan'] as const
  const byLdap = (password: string) =>
    third.run(['env', 'LDAPTLS_CACERT=/root/ca.pem', ...ldap, '-w', password], { accept: any })
  t.equal(await guess('10.20.40.1', byLdap), 20, 'LDAP')

  await box.apply(school)
  const { stdout } = await box.control(['box', 'status', '--json'])
  t.match(stdout, /"sign-in-waits"[^}]*10\.20\.0\.9/, 'the box says so')
  t.equal((await box.control(['directory', 'status'])).status, 0, 'and that it serves')
})

t.test('time is signed for members of the domain', async (t) => {
  t.equal((await processes.run(['python3', '-'], { input: askSigned })).stdout, '68 True\n')
})

t.test('units have the rights they need, and no more', async (t) => {
  const { stdout } = await processes.run(['systemd-analyze', 'security', '--json=short', '--no-pager'], {
    timeout: 120_000,
  })
  const rated = z.array(z.object({ unit: z.string(), exposure: z.string() })).parse(JSON.parse(stdout))
  const exposure = Object.fromEntries(rated.map(({ unit: name, exposure: points }) => [name, Number(points)]))
  const allowed: Readonly<Record<string, number>> = {
    // A file server acts as each of its people, and keeps Windows' rights in attributes of the system.
    'samba-ad-dc.service': 3,
    // Whoever comes by SSH administers the server.
    'ssh.service': 7,
    // They begin as root, for a port or a key, and go on as somebody else.
    'unbound.service': 2.7,
    'nginx.service': 2.6,
    // It sets firewall and links, and gives files to their people.
    'iserv-agent.service': 2.3,
  }
  for (const name of [
    'samba-ad-dc.service',
    'ssh.service',
    'kea-dhcp4-server.service',
    'smartmontools.service',
    'unbound.service',
    'nginx.service',
    'freeradius.service',
    'iserv-agent.service',
    'iserv-page.service',
  ]) {
    const points = exposure[name] ?? Number.NaN
    t.ok(points <= (allowed[name] ?? 2), `${name}: ${points}`)
  }
})

t.test('no program gives more rights than whoever starts it has', async (t) => {
  const { stdout } = await processes.run(['find', '/', '-xdev', '-type', 'f', '-perm', '/6000'])
  t.equal(stdout, '')
  t.equal((await processes.run(['id', '--name', '--groups', 'freerad'])).stdout, 'freerad\n')
})

t.test('only ciphers that authenticate what they encrypt are spoken', async (t) => {
  for (const place of ['10.20.0.1:443', '10.20.0.3:636']) {
    const speak = (...words: readonly string[]) =>
      processes.run(['openssl', 's_client', '-connect', place, '-tls1_2', ...words], { input: '', accept: [0, 1] })
    t.match((await speak()).stdout, /Cipher is (ECDHE|DHE)-\S+-(GCM-SHA\d+|POLY1305)/, place)
    for (const ciphers of ['ALL:!AESGCM:!CHACHA20:!AESCCM:@SECLEVEL=0', 'kRSA:@SECLEVEL=0']) {
      t.match((await speak('-cipher', ciphers)).stdout, /Cipher is \(NONE\)/, `${place}: not ${ciphers}`)
    }
  }
})

t.test('no secret is in a log or a list of processes', async (t) => {
  const secret = (await files.read('/var/lib/iserv/secrets/service-reader')) ?? ''
  const password = /^password=(.{43})$/m.exec(secret)?.[1] ?? ''
  t.equal(password.length, 43)
  t.equal((await files.stat('/var/lib/iserv/secrets/service-reader'))?.mode, 0o600)
  t.equal((await files.stat('/var/lib/iserv/certificates/server.key'))?.mode, 0o600)
  t.equal((await files.stat('/var/lib/iserv/certificates/ca.key'))?.mode, 0o600)
  const { stdout } = await processes.run(['python3', '-'], { input: wordsThatSignIn, timeout: 300_000 })
  const { words, administrator, reader } = JSON.parse(stdout) as Record<string, number>
  t.ok((words ?? 0) > 1000, 'the logs have been read')
  t.equal(administrator, 0, 'no word of them is the password of the administrator')
  t.equal(reader, 0, 'nor that of the services')
})
