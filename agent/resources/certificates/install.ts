import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { newKey, requestFor } from './apply.ts'
import { folder, requested, server } from './paths.ts'
import { belongs, certificateOf, parsed, partsOf } from './read.ts'
import type { Certificate } from './schema.ts'

/** A request for a new key, which waits beside it; the present certificate goes on. */
export async function request(names: readonly string[], system: System): Promise<string> {
  const { files } = system
  await files.makeFolder(folder)
  await files.write(requested.key, newKey(), 0o600)
  const text = await requestFor(names, requested.key, system)
  await files.write(requested.request, text)
  return text
}

/**
 * Whatever would leave the box without a usable certificate is refused, and the present one stays.
 * @param names that the box is called by; a certificate covers at least one of them.
 * @param given key that came with the certificate; absent: the one that waits.
 */
export async function install(
  pem: string,
  given: string | undefined,
  names: readonly string[],
  { files, clock }: System,
): Promise<Certificate> {
  const chain = partsOf(pem, 'CERTIFICATE')
  const one = parsed(chain)
  if (one === undefined) throw refused('This is no certificate in PEM', 'It begins with -----BEGIN CERTIFICATE-----.')
  if (given === undefined && partsOf(pem, 'PRIVATE KEY') !== '') {
    throw refused('There is a private key beside the certificate', 'Give this file with --key, too, to install both.')
  }
  const key = given === undefined ? await files.read(requested.key) : partsOf(given, 'PRIVATE KEY')
  if (key === undefined) {
    throw refused(
      'There is no key for this certificate',
      'Ask for one with iserv-ctl certificate request, or give --key.',
    )
  }
  if (!belongs(one, key)) {
    throw refused(
      'The certificate belongs to another key',
      'Install the one that was issued for the last iserv-ctl certificate request.',
    )
  }
  const found = certificateOf(one)
  if (found.to <= clock.now()) throw refused(`The certificate ended on ${dayOf(found.to)}`)
  if (found.from > clock.now()) throw refused(`The certificate is only valid from ${dayOf(found.from)} on`)
  if (!names.some((name) => covers(found.names, name))) {
    throw refused(`The certificate is for ${found.names.join(', ')}, and the box is called ${names.join(', ')}`)
  }
  // The key first: until the certificate follows, the box issues itself another one rather than to serve a wrong pair.
  await files.write(server.key, key, 0o600)
  await files.write(server.certificate, chain)
  // There may be no other copy of this key. One that waits for another certificate goes on waiting.
  if (given === undefined && belongs(one, await files.read(server.key))) {
    await files.remove(requested.key)
    await files.remove(requested.request)
  }
  return found
}

/** Also by a name with a star in the place of its first label. */
function covers(names: readonly string[], name: string): boolean {
  return names.includes(name) || names.includes(name.replace(/^[^.]+/, '*'))
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

function refused(message: string, hint = 'The present certificate stays.'): BoxError {
  return new BoxError('CERTIFICATE_REFUSED', message, { hint })
}
