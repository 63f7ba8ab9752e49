import { baseOf } from '../../model/directory-tree.ts'
import type { Directory } from '../../system/system.ts'

/**
 * AD's own administrator, whose name everybody knows and whose password nobody does. It is disabled once, when nobody has used it
 * yet. `samba-tool user setpassword Administrator` on the box enables it, and a mark keeps the agent from overruling that.
 */

const accountOf = (domain: string): string => `CN=Administrator,CN=Users,${baseOf(domain)}`
const mark = 'iserv:disabled'
const disabled = 0x2

export async function isAdministratorIdle(domain: string, directory: Directory): Promise<boolean> {
  const control = await controlOf(domain, directory)
  return control !== undefined && (control & disabled) === 0
}

export async function disableAdministrator(domain: string, directory: Directory): Promise<void> {
  const control = await controlOf(domain, directory)
  if (control === undefined) return
  await directory.modify(accountOf(domain), [
    { kind: 'replace', attribute: 'userAccountControl', values: [String(control | disabled)] },
    { kind: 'replace', attribute: 'adminDescription', values: [mark] },
  ])
}

/** userAccountControl; undefined where the account is not ours to change. */
async function controlOf(domain: string, directory: Directory): Promise<number | undefined> {
  const [entry] = await directory.search({
    base: accountOf(domain),
    scope: 'base',
    filter: '(objectClass=*)',
    attributes: ['userAccountControl', 'lastLogon', 'adminDescription'],
  })
  const { userAccountControl, lastLogon, adminDescription } = entry?.attributes ?? {}
  const used = lastLogon?.[0] !== undefined && lastLogon[0] !== '0'
  const ours = entry !== undefined && !used && adminDescription?.[0] !== mark
  return ours ? Number(userAccountControl?.[0]) : undefined
}
