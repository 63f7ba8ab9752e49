import type { Finding } from '../../engine/resource.ts'
import { controllerName } from '../../model/directory-tree.ts'
import type { System } from '../../system/system.ts'
import { addressesOf, answers, names, signsIn, waiting } from './ask.ts'
import { judge } from './judge.ts'
import { madeDomain } from './observe.ts'
import { secretFile } from './paths.ts'
import { plainAddress } from './plan.ts'
import type { DirectoryDesired } from './schema.ts'

/** Asks as the box does, and as a device does that looks for the domain controller and signs in. */
export async function probe(desired: DirectoryDesired, system: System): Promise<readonly Finding[]> {
  const { domain } = desired
  if (domain === undefined) return []
  const address = plainAddress(domain)
  const [account] = domain.accounts
  const who = account === undefined ? ['--no-pass'] : [`--authentication-file=${secretFile(account.name)}`]
  return judge(desired, {
    made: await madeDomain(system),
    answers: await answers(system),
    found: await addressesOf(`${controllerName}.${domain.name}`, domain.resolver, system),
    named: await names(address, domain.name, system),
    reader: await signsIn(address, who, system),
    waiting: await waiting(system),
  })
}
