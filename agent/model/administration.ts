import { z } from 'zod'
import { subnetOf } from './address.ts'
import { ZoneName } from './firewall.ts'
import { DeviceName, RoomName } from './scalars.ts'

/** Who administers the box from elsewhere: over SSH, with a key that the state names. */

/** Bits below which an RSA key can be broken. */
const shortest = 2048

/** What follows the type in a key's blob, by type (RFC 4253, 5656, 8709): says what is wrong with it. */
const judges: Readonly<Record<string, (fields: readonly Uint8Array[]) => string | undefined>> = {
  'ssh-ed25519': (fields) => (sizes(fields) === '32' ? undefined : damaged),
  'ssh-rsa': (fields) => {
    if (fields.length !== 2) return damaged
    const bits = bitsOf(fields[1])
    return bits < shortest ? `is an RSA key of ${bits} bits; at least ${shortest} are needed` : undefined
  },
  'ecdsa-sha2-nistp256': (fields) => (sizes(fields) === '8 65' ? undefined : damaged),
  'ecdsa-sha2-nistp384': (fields) => (sizes(fields) === '8 97' ? undefined : damaged),
  'ecdsa-sha2-nistp521': (fields) => (sizes(fields) === '8 133' ? undefined : damaged),
}

const damaged = 'is damaged: its end is missing, or a letter is wrong'
const sizes = (fields: readonly Uint8Array[]): string => fields.map(({ length }) => length).join(' ')

/** Of a number whose highest bit is the sign. */
function bitsOf(number: Uint8Array = new Uint8Array()): number {
  const at = number.findIndex((byte) => byte !== 0)
  return at < 0 ? 0 : (number.length - at) * 8 - Math.clz32(number[at] ?? 0) + 24
}

/** Says what is wrong with a line of a `.pub` file. */
function faultOf(line: string): string | undefined {
  if (line.includes('PRIVATE KEY'))
    return 'is a private key, which nobody else may see; the file beside it ends in .pub'
  if (/\p{C}/u.test(line)) return 'is not one line, or holds a character that cannot be printed'
  const [type = '', blob = ''] = line.split(/ +/)
  const judge = judges[type]
  if (judge === undefined) {
    return Object.keys(judges).some((known) => line.includes(`${known} `))
      ? 'has something before the type; options are not allowed here'
      : `is not the line of a .pub file with a key of type ${Object.keys(judges).join(', ')}`
  }
  const [first, ...fields] = fieldsOf(blob) ?? []
  if (first === undefined || new TextDecoder().decode(first) !== type) return damaged
  return judge(fields)
}

/** The fields of a blob, each with its length before it (RFC 4251). */
function fieldsOf(base64: string): readonly Uint8Array[] | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  const fields: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const from = at + 4
    if (from > bytes.length) return undefined
    at = from + view.getUint32(at)
    if (at > bytes.length) return undefined
    fields.push(bytes.subarray(from, at))
  }
  return fields
}

export const PublicKey = z
  .string()
  .transform((line) => line.trim())
  .superRefine((line, context) => {
    const fault = faultOf(line)
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
  })
  .meta({
    id: 'PublicKey',
    description:
      'Public key of a person, as in the one line of the `.pub` file: Ed25519, ECDSA, or RSA of at least 2048 bits.',
    examples: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ada@office'],
  })

/** What two lines with different names have in common when they are the same key. */
export const keyPart = (line: string): string => line.split(/ +/).slice(0, 2).join(' ')

/** SSH. */
export const administrationPort = 22

/** An address, or a subnet with its prefix length. */
const Sender = z
  .string()
  .refine(
    (text) => /^[^/]+(\/\d{1,3})?$/.test(text) && (subnetOf(text)?.prefix ?? 0) >= 8,
    'is neither an address nor a subnet, as in 10.20.0.16/28',
  )

export const Administration = z
  .strictObject({
    keys: z
      .array(PublicKey)
      .max(100)
      .default([])
      .meta({ description: 'Whose keys open the command line of the box, as root. None: SSH does not run.' }),
    from: z.array(ZoneName).min(1).default(['school']).meta({ description: 'From where they may come.' }),
    devices: z
      .array(DeviceName)
      .max(100)
      .optional()
      .meta({ description: 'Only from these devices, and from what else is named here: rooms, addresses.' }),
    rooms: z.array(RoomName).max(100).optional().meta({ description: 'Only from devices of these rooms.' }),
    addresses: z
      .array(Sender)
      .max(100)
      .optional()
      .meta({ description: 'Only from these addresses or subnets, as in 10.20.0.16/28.' }),
  })
  .meta({
    id: 'Administration',
    description: 'Who administers the box from elsewhere: over SSH, with a key. There are no passwords.',
    examples: [
      { keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ada@office'] },
    ],
  })
export type Administration = z.infer<typeof Administration>
