import type { SchoolState } from '../../agent/model/state.ts'
import { Wlan } from '../../agent/model/wlan.ts'
import { readSecret } from '../../agent/resources/wlan/secrets.ts'
import { Network } from '../../agent/model/network.ts'
import type { Container } from './container.ts'
import { directorySchool } from './directory.ts'
import type { Workstation } from './workstation.ts'

/** A telephone before an access point, both played by eapol_test: it speaks EAP as a device and RADIUS as the access point. */

/** The example school with teachers and pupils in networks of their own, and two places for access points. */
export function wlanSchool(): SchoolState {
  const school = directorySchool()
  const vlan = (name: string, tag: number): Network =>
    Network.parse({ name, ports: ['lan0'], vlan: tag, ipv4: `10.${tag}.0.1/16` })
  return {
    ...school,
    networks: [...school.networks, vlan('teachers', 120), vlan('pupils', 130)],
    wlan: Wlan.parse({
      accessPoints: [
        { name: 'ap-r214', address: '10.20.14.50' },
        { name: 'hall', address: '10.20.15.0/24' },
      ],
      roles: { teacher: 'teachers', pupil: 'pupils', guest: 'school' },
    }),
  }
}

export interface SignIn {
  readonly identity: string
  readonly password: string
  /** Default: the box's own authority. */
  readonly authority?: string
  /** Default: that of access point ap-r214. */
  readonly secret?: string
  /** Lines of wpa_supplicant's configuration. */
  readonly more?: readonly string[]
  /** The device's card. */
  readonly mac?: string
  /** Seconds until it is given up. */
  readonly patience?: number
}

export interface Outcome {
  /** `silent`: nobody answered. */
  readonly outcome: 'accepted' | 'refused' | 'silent'
  /** Of the network it is put into. */
  readonly vlan: string | undefined
  /** Did both sides come to the same keys for the air? */
  readonly keys: boolean
  readonly log: string
}

export async function signIn(
  workstation: Workstation,
  box: Pick<Container, 'system'>,
  wanted: SignIn,
): Promise<Outcome> {
  const { identity, password, more = [], mac = '02:00:00:00:00:01', patience = 15 } = wanted
  const name = mac.replaceAll(':', '')
  const authority = wanted.authority ?? (await box.system.files.read('/var/lib/iserv/certificates/ca.pem')) ?? ''
  const secret = wanted.secret ?? (await readSecret('ap-r214', box.system.files)) ?? ''
  const lines = [
    'key_mgmt=WPA-EAP',
    'eap=PEAP',
    `identity="${identity}"`,
    'anonymous_identity="anonymous@schule.lan"',
    `password="${password}"`,
    'phase2="auth=MSCHAPV2"',
    `ca_cert="/root/${name}.pem"`,
    'domain_suffix_match="schule.lan"',
    ...more,
  ]
  await workstation.write(`/root/${name}.pem`, authority)
  await workstation.write(`/root/${name}.conf`, `network={\n${lines.map((line) => `  ${line}\n`).join('')}}\n`, '0600')
  const { stdout } = await workstation.run(
    ['eapol_test', '-c', `/root/${name}.conf`, '-a', '10.20.0.1', '-s', secret, '-t', String(patience), '-M', mac],
    { accept: [0, 252, 253, 254, 255], timeout: 120_000 },
  )
  return read(stdout)
}

function read(log: string): Outcome {
  const answer = log.slice(Math.max(log.lastIndexOf('(Access-Accept)'), 0))
  const hex = /Attribute 81 [^\n]*\n\s*Value: ([0-9a-f]+)/.exec(answer)?.[1]
  return {
    outcome: log.trimEnd().endsWith('SUCCESS')
      ? 'accepted'
      : log.includes('code=') && answered(log)
        ? 'refused'
        : 'silent',
    vlan: hex === undefined ? undefined : Buffer.from(hex, 'hex').toString(),
    keys: /MPPE keys OK: 1 +mismatch: 0/.test(log),
    log,
  }
}

const answered = (log: string): boolean => /code=(3|11) \(Access-/.test(log)
