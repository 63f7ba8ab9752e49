import t from 'tap'
import { peopleUnit, groupsUnit } from '../../agent/model/directory-tree.ts'
import { wlan } from '../../agent/resources/wlan/index.ts'
import { readSecret, renewSecret } from '../../agent/resources/wlan/secrets.ts'
import type { System } from '../../agent/system/system.ts'
import { until } from '../../cli/lab/until.ts'
import { startDirectory } from '../support/directory.ts'
import { signIn, type SignIn, wlanSchool } from '../support/sign-in.ts'
import { workstationOn } from '../support/workstation.ts'

t.setTimeout(600_000)

const domain = 'schule.lan'
const person = (login: string): string => `CN=${login},${peopleUnit(domain)}`
const group = (name: string): string => `CN=${name},${groupsUnit(domain)}`

/** An account with a password, in the group of a role. */
async function account(system: System, login: string, password: string, role: string, flags = '512'): Promise<void> {
  await system.directory.add(person(login), {
    objectClass: ['user'],
    sAMAccountName: [login],
    userPrincipalName: [`${login}@${domain}`],
    unicodePwd: [Buffer.from(`"${password}"`, 'utf16le')],
    userAccountControl: [flags],
  })
  await join(system, login, role, 'add')
}

async function join(system: System, login: string, role: string, kind: 'add' | 'delete'): Promise<void> {
  await system.directory.modify(group(role), [{ kind, attribute: 'member', values: [person(login)] }])
}

t.test('people sign in to the wireless network with the name and password of the school', async (t) => {
  const box = await startDirectory(t, { school: wlanSchool(), resources: [wlan] })
  const { system, engine } = box
  const planted = 'Regenbogen-4711'
  await account(system, 'a.lehrer', planted, 'teachers')
  await account(system, 'm.muster', 'Wolkenbruch-1', 'pupils')
  await account(system, 's.sekretariat', 'Wolkenbruch-2', 'staff')
  await account(system, 'g.gast', 'Wolkenbruch-3', 'school-guests')
  await account(system, 'd.fort', 'Wolkenbruch-4', 'teachers', '514')
  const ap = await workstationOn(await box.device('ap-r214', 50))
  const air = (wanted: SignIn) => signIn(ap, box, wanted)
  const teacher = { identity: 'a.lehrer', password: planted }
  const pupil = { identity: 'm.muster', password: 'Wolkenbruch-1' }
  const lines = async () => (await engine.tend())['wlan']?.lines

  t.strictSame(await lines(), [], 'at rest')
  await until(async () => (await engine.prove())['wlan']?.some(({ code }) => code === 'wlan-serves'), {
    what: 'the directory to judge sign-ins',
  })

  await t.test('each role gets into its own network, with keys for the air', async (t) => {
    t.match(await air(teacher), { outcome: 'accepted', vlan: '120', keys: true })
    t.match(await air(pupil), { outcome: 'accepted', vlan: '130', keys: true })
    t.match(
      await air({ identity: 'g.gast', password: 'Wolkenbruch-3' }),
      { outcome: 'accepted', vlan: undefined, keys: true },
      'a network without a tag is that of the access point',
    )
  })

  await t.test('a name may be spelt as Windows and telephones spell it', async (t) => {
    for (const identity of ['A.Lehrer', 'a.lehrer@schule.lan', 'SCHULE\\\\a.lehrer'.replace('\\\\', '\\')]) {
      t.match(await air({ ...teacher, identity }), { outcome: 'accepted', vlan: '120' }, identity)
    }
  })

  await t.test('whoever has no right stays outside', async (t) => {
    const refused: Readonly<Record<string, SignIn>> = {
      'a wrong password': { ...teacher, password: 'falsch' },
      'a role that may not': { identity: 's.sekretariat', password: 'Wolkenbruch-2' },
      'a disabled account': { identity: 'd.fort', password: 'Wolkenbruch-4' },
      'a name nobody has': { identity: 'n.niemand', password: planted },
      'a pattern instead of a name': { identity: 'a.*', password: planted },
      'a name of another school': { identity: 'a.lehrer@other.example', password: planted },
      'an empty password': { ...teacher, password: '' },
    }
    for (const [what, wanted] of Object.entries(refused)) {
      const { outcome, keys } = await air(wanted)
      t.strictSame({ outcome, keys }, { outcome: 'refused', keys: false }, what)
    }
  })

  await t.test('a device that trusts another authority does not tell its password', async (t) => {
    const key = '/tmp/other.key'
    await ap.run([
      'openssl',
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '9',
      '-subj',
      '/CN=Other',
      '-keyout',
      key,
      '-out',
      '/tmp/other.pem',
    ])
    const { stdout: authority } = await ap.run(['cat', '/tmp/other.pem'])
    const { outcome, log } = await air({ ...teacher, authority })
    t.equal(outcome, 'refused')
    t.match(log, /unknown ca|certificate verify failed|self.signed/i)
    t.notMatch(log, /EAP-MSCHAPV2/, 'it has not come to the password')
  })

  await t.test('nothing older than TLS 1.2 is spoken', async (t) => {
    const speaking = (versions: string) => [
      `phase1="tls_disable_tlsv1_0=0 tls_disable_tlsv1_1=0 ${versions}"`,
      'openssl_ciphers="DEFAULT@SECLEVEL=0"',
    ]
    t.match(await air({ ...teacher, more: speaking('tls_disable_tlsv1_2=0') }), { outcome: 'accepted' })
    const { outcome, log } = await air({ ...teacher, more: speaking('tls_disable_tlsv1_2=1') })
    t.equal(outcome, 'refused')
    t.match(log, /Using TLS version TLSv1\.1/, 'the device would have')
  })

  await t.test('only access points get an answer, each with its own secret', async (t) => {
    const stranger = await workstationOn(await box.device('r214-pc07', 7))
    const { files } = system
    const other = await readSecret('hall', files)
    const [unknown, mistaken] = await Promise.all([
      signIn(stranger, box, { ...teacher, patience: 3 }),
      air({ ...teacher, secret: other ?? '', patience: 3 }),
    ])
    t.equal(unknown.outcome, 'silent', 'a pupils’ computer')
    t.equal(mistaken.outcome, 'silent', 'the secret of another')
    t.match(other, /^([a-km-np-z2-9]{4}-){5}[a-km-np-z2-9]{4}$/)
    t.equal((await files.stat('/var/lib/iserv/wlan/ap-r214.secret'))?.mode, 0o640)
    const rendered = await files.read('/var/lib/iserv/current/wlan/radiusd.conf')
    t.notMatch(rendered, (await readSecret('ap-r214', files)) ?? 'missing', 'not in what is exported')
  })

  await t.test('a class that opens its tablets gets in', async (t) => {
    const class8a = Array.from({ length: 30 }, (_, index) => `02:00:00:00:01:${(index + 16).toString(16)}`)
    const outcomes = await Promise.all(class8a.map((mac) => air({ ...pupil, mac, patience: 60 })))
    t.strictSame(
      outcomes.map(({ outcome, vlan }) => `${outcome} ${vlan}`),
      class8a.map(() => 'accepted 130'),
    )
  })

  await t.test('another role counts from the next sign-in on', async (t) => {
    await join(system, 'm.muster', 'pupils', 'delete')
    await join(system, 'm.muster', 'teachers', 'add')
    t.match(await air(pupil), { outcome: 'accepted', vlan: '120' })
    await join(system, 'm.muster', 'teachers', 'delete')
    t.match(await air(pupil), { outcome: 'refused' }, 'no role any more')
    await join(system, 'm.muster', 'pupils', 'add')
  })

  await t.test('whoever is locked during the day is out', async (t) => {
    const flags = (value: string) =>
      system.directory.modify(person('m.muster'), [
        { kind: 'replace', attribute: 'userAccountControl', values: [value] },
      ])
    await flags('514')
    t.match(await air(pupil), { outcome: 'refused' })
    await flags('512')
    t.match(await air(pupil), { outcome: 'accepted' })
  })

  await t.test('whoever guesses has to wait with the device, and nobody is locked', async (t) => {
    const guess = { identity: 'g.gast', mac: '02:00:00:00:02:10', patience: 60 }
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => air({ ...guess, password: `guess-${index}` })),
    )
    t.ok(outcomes.every(({ outcome }) => outcome === 'refused'))
    const right = { identity: 'g.gast', password: 'Wolkenbruch-3' }
    t.match(await air({ ...right, mac: guess.mac }), { outcome: 'refused' }, 'not even with the right password')
    t.match(await air(right), { outcome: 'accepted' }, 'its owner gets in with another device')
    t.match((await engine.prove())['wlan'], [
      { code: 'wlan-serves' },
      { code: 'wlan-waits', message: /02:00:00:00:02:10/ },
    ])
  })

  await t.test('what is told in the journal names no password', async (t) => {
    const told = async () => (await system.processes.run(['journalctl', '--no-pager', '--output=cat'])).stdout
    const words = await told()
    t.match(words, /^accepted teacher teachers ap-r214 02-00-00-00-00-01 a\.lehrer$/m)
    t.match(words, /^refused ap-r214 02-00-00-00-00-01 "d\.fort" .*0xC0000072/m)
    t.match(words, /^refused ap-r214 02-00-00-00-00-01 "s\.sekretariat" role$/m)
    for (const secret of [
      planted,
      'Wolkenbruch',
      'falsch',
      'guess-3',
      (await readSecret('ap-r214', system.files)) ?? '?',
    ]) {
      t.notOk(words.includes(secret), 'a password or secret in the journal')
      const { status } = await system.processes.run(
        [
          'grep',
          '--recursive',
          '--quiet',
          '--fixed-strings',
          secret,
          '/var/log',
          '/var/lib/iserv/current/wlan/',
          '/run/freeradius',
        ],
        { accept: [0, 1] },
      )
      t.equal(status, 1, 'a password or secret in a file')
    }
  })

  await t.test('the server comes back, and to what is declared', async (t) => {
    await system.processes.run(['systemctl', 'kill', '--signal=KILL', 'freeradius.service'])
    await engine.tend()
    await until(async () => (await lines())?.length === 0, { what: 'FreeRADIUS to be back' })
    t.match(await air(teacher), { outcome: 'accepted' })
    const place = '/var/lib/iserv/current/wlan/radiusd.conf'
    const text = (await system.files.read(place)) ?? ''
    await system.files.write(place, text.replace('"120"', '"1"'))
    await system.units.restart('freeradius.service')
    t.match(await lines(), ['~ file radiusd.conf'])
    t.match(await air(teacher), { outcome: 'accepted', vlan: '120' }, 'what was loaded meanwhile is forgotten')
    t.strictSame(await lines(), [])
  })

  await t.test('a renewed secret counts at once, the old one no longer', async (t) => {
    const old = (await readSecret('ap-r214', system.files)) ?? ''
    const fresh = await renewSecret('ap-r214', system.files)
    t.match(await lines(), ['~ restart FreeRADIUS: another configuration is loaded'])
    t.match(await air({ ...teacher, secret: fresh }), { outcome: 'accepted' })
    t.equal((await air({ ...teacher, secret: old, patience: 3 })).outcome, 'silent')
    await system.files.remove('/var/lib/iserv/wlan/hall.secret')
    t.match(await lines(), ['+ secret of access point hall', '~ restart FreeRADIUS: there are new secrets'])
    t.strictSame(await lines(), [])
  })

  await t.test('what FreeRADIUS cannot read is never made current', async (t) => {
    const place = '/var/lib/iserv/wlan/hall.secret'
    await system.files.write(place, 'secret = "a"\n}\nsecret = "b"\n', 0o640)
    const { name, ...rest } = wlanSchool().school
    await t.rejects(engine.enact({ ...wlanSchool(), school: { ...rest, name: `${name} 2` } }), {
      code: 'SERVICE_CHECK_FAILED',
    })
    t.match(await air(teacher), { outcome: 'accepted' }, 'the one before serves on')
    await renewSecret('hall', system.files)
    await engine.tend()
  })

  await t.test('it says what does not work', async (t) => {
    const codes = async () => (await engine.prove())['wlan']?.map(({ code }) => code)
    await system.units.stop('samba-ad-dc.service')
    t.strictSame(
      (await wlan.prepare({ state: wlanSchool(), locks: [] }).probe(system)).map(({ code }) => code),
      ['wlan-directory-silent', 'wlan-waits'],
    )
    await engine.tend()
    await until(async () => (await codes())?.includes('wlan-serves'), { what: 'the directory to be back' })
    await system.units.stop('freeradius.service')
    t.match(await wlan.prepare({ state: wlanSchool(), locks: [] }).probe(system), [{ code: 'wlan-silent' }])
  })

  await t.test('a school without a wireless network runs no server for it', async (t) => {
    const { wlan: _, ...without } = wlanSchool()
    await engine.enact(wlanSchool())
    t.match((await engine.enact(without))['wlan']?.lines, ['- FreeRADIUS: no wireless network is declared'])
    t.equal((await system.units.status('freeradius.service')).active, 'inactive')
    t.strictSame(await lines(), [])
  })
})
