import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { judge } from './judge.ts'
import { observe } from './observe.ts'
import type { CertificatesDesired } from './schema.ts'

export async function probe(desired: CertificatesDesired, system: System): Promise<readonly Finding[]> {
  return judge(desired, await observe(system))
}
