import { controllerName } from '../../model/directory-tree.ts'
import { serverOf } from '../../model/local-names.ts'
import type { SchoolState } from '../../model/state.ts'
import type { CertificatesDesired } from './schema.ts'

/** As the authority of a box is called, by which it is known again. A common name has 64 characters at most. */
export const authorityName = (domain: string): string => `Schulserver ${domain}`.slice(0, 64)

/** Is this the distinguished name of a box's own authority for a domain? It ends with the common name. */
export const isAuthorityOf = (domain: string, name: string): boolean => name.endsWith(`CN=${authorityName(domain)}`)

export function derive({ state: { school, directory } }: { readonly state: SchoolState }): CertificatesDesired {
  const { name, domain, language } = school
  return {
    language,
    school: name,
    domain,
    names: [serverOf(domain), domain, ...(directory === undefined ? [] : [`${controllerName}.${domain}`])],
  }
}
