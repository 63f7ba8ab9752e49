import { generateKeyPairSync } from 'node:crypto'
import type { System } from '../../system/system.ts'
import { authorityName } from './derive.ts'
import { authority, folder, server } from './paths.ts'
import type { CertificatesStep } from './schema.ts'

const day = 86_400_000

/** Days. Devices refuse certificates of a server that are valid for longer than 398; an authority is installed once. */
const lifetime = { authority: 7300, server: 397 } as const

/** Days before it is made from which a certificate is valid: a clock that is ahead by hours is set back on the first day. */
const before = 1

export async function apply(step: CertificatesStep, system: System): Promise<void> {
  await system.files.makeFolder(folder)
  if (step.kind === 'authority') await makeAuthority(step, system)
  else await issue(step.names, system)
}

/** The key first: whoever finds it without its certificate begins anew. */
async function makeAuthority(
  { school, domain }: Extract<CertificatesStep, { kind: 'authority' }>,
  { files, processes, clock }: System,
): Promise<void> {
  await files.write(authority.key, newKey(), 0o600)
  const { stdout } = await processes.run([
    'openssl',
    'req',
    '-x509',
    '-new',
    '-sha256',
    '-utf8',
    '-key',
    authority.key,
    ...validity(lifetime.authority, clock.now()),
    '-subj',
    subjectOf({ O: school, CN: authorityName(domain) }),
    ...extension('basicConstraints=critical,CA:TRUE,pathlen:0'),
    ...extension('keyUsage=critical,keyCertSign,cRLSign'),
    // Who trusts this authority trusts it for the names of the school only, whoever steals its key.
    ...extension(`nameConstraints=critical,permitted;DNS:${domain},excluded;IP:0.0.0.0/0.0.0.0,excluded;IP:::/::`),
  ])
  await files.write(authority.certificate, stdout)
}

async function issue(names: readonly string[], { files, processes, clock }: System): Promise<void> {
  await files.write(server.key, newKey(), 0o600)
  const request = await requestFor(names, server.key, { processes })
  const { stdout } = await processes.run(
    [
      'openssl',
      'x509',
      '-req',
      '-sha256',
      '-CA',
      authority.certificate,
      '-CAkey',
      authority.key,
      ...validity(lifetime.server, clock.now()),
      '-copy_extensions',
      'copyall',
    ],
    { input: request },
  )
  await files.write(server.certificate, stdout)
}

export function newKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey
}

/** A request for a certificate of a server, PEM. */
export async function requestFor(
  names: readonly string[],
  keyFile: string,
  { processes }: Pick<System, 'processes'>,
): Promise<string> {
  const { stdout } = await processes.run([
    'openssl',
    'req',
    '-new',
    '-sha256',
    '-key',
    keyFile,
    '-subj',
    subjectOf({ CN: names[0] ?? '' }),
    ...extension(`subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`),
    ...extension('basicConstraints=critical,CA:FALSE'),
    ...extension('keyUsage=critical,digitalSignature'),
    ...extension('extendedKeyUsage=serverAuth'),
  ])
  return stdout
}

function validity(days: number, now: number): readonly string[] {
  const from = now - before * day
  const spelt = (time: number): string => new Date(time).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return ['-not_before', spelt(from), '-not_after', spelt(from + days * day)]
}

const extension = (value: string): readonly string[] => ['-addext', value]

/** `/O=…/CN=…`; in the words of a school a slash would begin the next part. An organization's name has 64 characters. */
function subjectOf(parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts)
    .map(([key, value]) => `/${key}=${value.slice(0, 64).replaceAll(/[/\\=+]/g, (sign) => `\\${sign}`)}`)
    .join('')
}
