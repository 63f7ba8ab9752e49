import { peopleUnit } from '../../model/directory-tree.ts'
import { randomBytes } from 'node:crypto'
import { type AddWrite, mark } from './write.ts'

/** An account that lives for the second in which the fast way is tried. */
export function probeWrite(domain: string): AddWrite {
  const login = 'iserv-probe'
  return {
    op: 'add',
    dn: `CN=${login},${peopleUnit(domain)}`,
    attributes: {
      objectClass: ['user'],
      sAMAccountName: [login],
      userPrincipalName: [`${login}@${domain}`],
      userAccountControl: ['512'],
      adminDescription: [`${mark}probe`],
    },
    password: randomBytes(18).toString('base64url'),
  }
}
