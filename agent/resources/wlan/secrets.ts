import { hash } from 'node:crypto'
import type { Files } from '../../system/system.ts'
import { certificateFile, currentFolder, loadedFile, askingFile, secretFile, secretsFolder } from './paths.ts'

/** Letters and digits that nobody mistakes for another: people type this into an access point. 32 of them, 5 bits each. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
/** 120 bits, in groups of four. */
const groups = 6

/** A new secret: `k7qm-2hxd-…`. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(groups * 4))
  const text = Array.from(bytes, (byte) => letters[byte % letters.length] ?? '').join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** Readable for root, and for FreeRADIUS by the group that the folder hands on. */
const readable = 0o640

/** As FreeRADIUS includes it in the section of the access point. */
const line = (secret: string): string => `secret = "${secret}"\n`

/** Makes a new secret for an access point, in place of the one it may have; nothing else is changed. */
export async function renewSecret(accessPoint: string, files: Files): Promise<string> {
  const secret = newSecret()
  await files.write(secretFile(accessPoint), line(secret), readable)
  return secret
}

/** Undefined when there is none. */
export async function readSecret(accessPoint: string, files: Files): Promise<string | undefined> {
  return /^secret = "([^"]+)"$/m.exec((await files.read(secretFile(accessPoint))) ?? '')?.[1]
}

/** Gives each access point a secret that has none. */
export async function makeSecrets(accessPoints: readonly string[], files: Files): Promise<void> {
  for (const name of accessPoints) if ((await readSecret(name, files)) === undefined) await renewSecret(name, files)
}

/** Names of the access points, declared or not, whose secrets lie on the box. */
export async function secretNames(files: Files): Promise<readonly string[]> {
  const ending = '.secret'
  return (await files.list(secretsFolder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
}

/** Of everything that FreeRADIUS reads when it starts. */
export async function presentDigest(files: Files): Promise<string> {
  const paths = [`${currentFolder}/radiusd.conf`, certificateFile, ...(await secretNames(files)).map(secretFile)]
  const texts = await Promise.all(paths.map((path) => files.read(path)))
  return hash('sha256', JSON.stringify(texts)).slice(0, 16)
}

/**
 * Writes what FreeRADIUS will say it has loaded, and the secret by which it is asked.
 * @param digest of what lies there now; empty before anything was.
 */
export async function writeMark(digest: string, files: Files): Promise<void> {
  const asking = newSecret()
  await files.write(askingFile, `${asking}\n`, 0o600)
  await files.write(loadedFile, `loaded = "${digest}"\nasking = "${asking}"\n`, readable)
}

/** FreeRADIUS cannot even check its files without the mark they include. */
export async function ensureMark(files: Files): Promise<void> {
  if ((await files.stat(loadedFile)) === undefined) await writeMark('', files)
}
