import { createCipheriv, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'

/** The long-term keys of an account, as the KDC keeps them. */
export interface KerberosKeys {
  /** aes256-cts-hmac-sha1-96, 32 bytes. */
  readonly aes256: Buffer
  /** aes128-cts-hmac-sha1-96, 16 bytes. */
  readonly aes128: Buffer
}

/** Rounds of PBKDF2 that every client assumes: RFC 3962, section 4. */
const defaultIterations = 4096

/** The constant "kerberos", folded to 128 bits: RFC 3961, appendix A.1. */
const folded = Buffer.from('6b65726265726f737b9b5b2b93132b93', 'hex')

const stretched = promisify(pbkdf2)

/**
 * Both keys of a password, by RFC 3962. The slow part runs on Node's thread pool, on every core.
 * @param salt realm and principal without a separator: `SCHULE.LANm.mueller`.
 */
export async function kerberosKeys(
  password: string,
  salt: string,
  iterations = defaultIterations,
): Promise<KerberosKeys> {
  // The shorter output of PBKDF2 is the beginning of the longer one: one stretch serves both keys.
  const seed = await stretched(password, salt, iterations, 32, 'sha1')
  return { aes256: derived(seed), aes128: derived(seed.subarray(0, 16)) }
}

/** DK of RFC 3961, section 5.1: the constant enciphered again and again until there is a key's length of it. */
function derived(seed: Buffer): Buffer {
  const cipher = createCipheriv(seed.length === 32 ? 'aes-256-cbc' : 'aes-128-cbc', seed, Buffer.alloc(16))
  // CBC over zeros after the constant is the repeated enciphering that the RFC asks for.
  const blocks = Buffer.concat([folded, Buffer.alloc(seed.length - folded.length)])
  return cipher.update(blocks)
}
