import { isIPv4 } from 'node:net'
import { z } from 'zod'

/** Lines in which the domain controller tells of wrong passwords. Pure. */

const Line = z.object({
  type: z.literal('Authentication'),
  Authentication: z.object({
    status: z.string(),
    localAddress: z.string().nullable(),
    remoteAddress: z.string().nullable(),
    clientAccount: z.string().nullable(),
    mappedAccount: z.string().nullable(),
  }),
})

/** Also whoever goes on at an account that the school's own rule has locked. */
const wrong = new Set(['NT_STATUS_WRONG_PASSWORD', 'NT_STATUS_ACCOUNT_LOCKED_OUT'])

/**
 * The address from which a wrong password came, out of a line of Samba's audit log (`auth_json_audit`): SMB, LDAP, Kerberos.
 * Undefined for everything else: computers, whose passwords nobody guesses; the box itself; and sign-ins that came over
 * another service, which counts them itself.
 */
export function addressIn(line: string): string | undefined {
  const { success, data } = Line.safeParse(parsed(line))
  if (!success || !wrong.has(data.Authentication.status)) return undefined
  const { localAddress, remoteAddress, clientAccount, mappedAccount } = data.Authentication
  const account = mappedAccount ?? clientAccount ?? ''
  const address = hostOf(remoteAddress)
  const fromHere = address === undefined || address.startsWith('127.') || address === hostOf(localAddress)
  return fromHere || isComputer(account) ? undefined : address
}

/** `R214-PC07$`, `host/r214-pc07.schule.lan@SCHULE.LAN` */
function isComputer(account: string): boolean {
  const name = account.split('@')[0] ?? ''
  return name.endsWith('$') || name.includes('/')
}

/** Of `ipv4:10.20.14.7:60596`. */
function hostOf(address: string | null): string | undefined {
  const host = /^ipv4:(.+):\d+$/.exec(address ?? '')?.[1]
  return host !== undefined && isIPv4(host) ? host : undefined
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
