/** Where things lie in the directory of a school. Pure: names only. */

/** `DC=schule,DC=lan` for `schule.lan`. */
export function baseOf(domain: string): string {
  return domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',')
}

/** Everything in the directory that is ours lies under it; other objects are left alone. */
export const schoolUnit = (domain: string): string => `OU=School,${baseOf(domain)}`
export const peopleUnit = (domain: string): string => `OU=People,${schoolUnit(domain)}`
export const groupsUnit = (domain: string): string => `OU=Groups,${schoolUnit(domain)}`
export const computersUnit = (domain: string): string => `OU=Computers,${schoolUnit(domain)}`
export const servicesUnit = (domain: string): string => `OU=Services,${schoolUnit(domain)}`

/** Names of the domain as Windows and Kerberos have them. NetBIOS allows 15 characters. */
export const realmOf = (domain: string): string => domain.toUpperCase()
export const netbiosOf = (domain: string): string => (domain.split('.')[0] ?? domain).toUpperCase().slice(0, 15)

/** Name of the domain controller: first label of its address in the school's domain. */
export const controllerName = 'dc1'

/** Zones below the school's domain in which Samba keeps the names of its name server, as first labels. */
export const directoryZones = ['domaindnszones', 'forestdnszones'] as const

/** The account with which the box itself signs in over the network; name and password lie in a file for root alone. */
export const readerAccount = { name: 'service-reader', credentials: '/var/lib/iserv/secrets/service-reader' } as const
