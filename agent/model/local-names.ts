import { controllerName, directoryZones, netbiosOf } from './directory-tree.ts'

/** Names in the school's domain that belong to the box, and that no device may have. Pure. */

/** First label of the box's own name. */
export const serverName = 'server'

export const serverOf = (domain: string): string => `${serverName}.${domain}`

/** Names that services of the box have, each below the school's domain. */
export const boxNames: readonly string[] = [serverName, controllerName, ...directoryZones]

/**
 * Names that computers look up in their domain without anybody having typed them, to send there what they have: their
 * web traffic (wpad), tunnels (isatap), passwords of the mail program, tickets. Whoever had such a name would get it.
 */
const soughtNames: readonly string[] = [
  'wpad',
  'isatap',
  'autodiscover',
  'autoconfig',
  'gc',
  'kerberos',
  'ldap',
  'localhost',
]

/** Why a device may not have this name; undefined: it may. */
export function reservedFor(name: string): string | undefined {
  if (boxNames.includes(name)) return 'the server itself has it'
  return soughtNames.includes(name) ? 'computers look it up by themselves' : undefined
}

/**
 * Single words with which Windows names groups and accounts of its own, and which it therefore takes for no computer
 * (Microsoft: naming conventions in Active Directory, table of reserved words).
 */
const windowsWords: readonly string[] =
  'anonymous batch builtin dialup interactive internet local network null proxy restricted self server service system users world'.split(
    ' ',
  )

/** NetBIOS has 16 bytes for a name, the last of them for its kind. */
const longestNetbios = 15

/** Why a computer of this name cannot join the directory of a domain; undefined: it can. */
export function joinRefusal(name: string, domain: string): string | undefined {
  if (name.length > longestNetbios) return `Windows takes at most ${longestNetbios} characters`
  if (/^\d+$/.test(name)) return 'Windows takes no computer name that has digits only'
  if (name.toUpperCase() === netbiosOf(domain)) return `Windows calls the domain ${domain} so`
  return windowsWords.includes(name) ? 'Windows has reserved it' : undefined
}
