import type { Directory } from './system.ts'

/**
 * The directory, with its library loaded at first use: commands that never ask the directory do not wait for it.
 * @param root put in front of the socket's path.
 */
export function directoryUnder(root = ''): Directory {
  const loaded = new Map<'ldap', Promise<Directory>>()
  const ldap = (): Promise<Directory> => {
    const known = loaded.get('ldap') ?? import('./ldap.ts').then(({ ldapUnder }) => ldapUnder(root))
    loaded.set('ldap', known)
    return known
  }
  return {
    search: async (search) => (await ldap()).search(search),
    add: async (dn, attributes) => (await ldap()).add(dn, attributes),
    modify: async (dn, changes) => (await ldap()).modify(dn, changes),
    rename: async (dn, to) => (await ldap()).rename(dn, to),
    remove: async (dn) => (await ldap()).remove(dn),
  }
}
