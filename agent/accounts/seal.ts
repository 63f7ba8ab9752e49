import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { turnsAt } from '../engine/serial.ts'
import { BoxError } from '../errors.ts'
import type { PersonId } from '../model/person.ts'
import type { Files, System } from '../system/system.ts'

/**
 * First passwords are kept readable until they are printed: sealed with a key that only root can read and that is not in
 * the ledger, so that a copy of the ledger tells none.
 */
export interface Seal {
  close(password: string, person: PersonId): string
  /** Undefined when it was sealed with another key, for somebody else, or damaged. */
  open(sealed: string, person: PersonId): string | undefined
  /** What nobody else can put under a text: it tells that the text is this box's own and unchanged. */
  sign(text: string): string
}

const keyFile = '/var/lib/iserv/secrets/passwords.key'
const keyBytes = 32
/** NIST SP 800-38D: what AES-GCM is made for. */
const [nonceBytes, tagBytes] = [12, 16]

/** Two who find no key at once would make two, and one of them would seal with a key that nobody has. */
const turnAt = turnsAt<Files>()

/** Reads the key, or makes one when there is none. */
export function openSeal({ files }: Pick<System, 'files'>): Promise<Seal> {
  return turnAt(files)(async () => {
    const known = await files.read(keyFile)
    if (known !== undefined) return sealWith(keyIn(known))
    await files.makeFolder('/var/lib/iserv/secrets', 0o700)
    const made = randomBytes(keyBytes)
    await files.write(keyFile, `${made.toString('base64')}\n`, 0o600)
    return sealWith(made)
  })
}

function keyIn(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length === keyBytes) return key
  throw new BoxError('FILE_UNREADABLE', `${keyFile} holds no key of ${keyBytes} bytes`, {
    hint: `Put it back from the backup. Without it: remove the file; first passwords not yet printed must be given anew.`,
  })
}

/** Pure but for the random nonce. The person's id is part of the seal: a sealed password cannot be put to another name. */
function sealWith(key: Buffer): Seal {
  const signing = Buffer.from(hkdfSync('sha256', key, '', 'signatures', keyBytes))
  return {
    sign: (text) => createHmac('sha256', signing).update(text).digest('base64url'),
    close(password, person) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(person))
      const text = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
    },
    open(sealed, person) {
      const bytes = Buffer.from(sealed, 'base64')
      if (bytes.length < nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(person)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      const text = decipher.update(bytes.subarray(nonceBytes + tagBytes))
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
