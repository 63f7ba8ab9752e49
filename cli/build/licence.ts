import { join } from 'node:path'
import { z } from 'zod'
import type { Files } from '../../agent/system/system.ts'
import type { LockedPackage } from './lock.ts'

/** Licences of Debian packages, from the copyright files that each of them carries. */

/** Names of licences by package; a package whose file is not machine-readable has none. */
export const Licences = z.record(z.string(), z.array(z.string()).readonly()).readonly()
export type Licences = z.infer<typeof Licences>

export async function licencesOf(files: Files, tree: string, packages: readonly LockedPackage[]): Promise<Licences> {
  const read = async (name: string) =>
    licenceNames((await files.read(join(tree, 'usr/share/doc', name, 'copyright'))) ?? '')
  return Object.fromEntries(await Promise.all(packages.map(async ({ name }) => [name, await read(name)] as const)))
}

/** Short names in Debian's machine-readable copyright format (DEP 5): `License: GPL-2+`, sorted, each once. */
export function licenceNames(copyright: string): readonly string[] {
  if (!/^Format:.*copyright-format/m.test(copyright.slice(0, 400))) return []
  const names = [...copyright.matchAll(/^License:[ \t]*(\S.*)$/gm)].map(([, name = '']) => name.trim())
  return [...new Set(names)].toSorted()
}
