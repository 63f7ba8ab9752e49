import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { compile } from './compile.ts'
import { observe } from './observe.ts'
import { compiledFolder, currentFolder, emptyFile } from './paths.ts'
import type { DnsDesired } from './schema.ts'

const compiledLists = new RegExp(`\\{${emptyFile},${compiledFolder}/[^}]*\\}`, 'g')

/**
 * Compiles the lists, then lets unbound-checkconf judge the candidate together with them. Its includes name the folder
 * `current`, so what is judged is a copy that names the candidate's. Lists that the resolver runs with are left out:
 * half a million domains take seconds, and a device is added often.
 */
export async function check({ lists }: DnsDesired, folder: string, system: System): Promise<void> {
  const { signature } = await compile(lists, system.files)
  const { running } = await observe(system)
  const candidate = (await system.files.read(`${folder}/unbound.conf`)) ?? ''
  const moved = candidate.replaceAll(`"${currentFolder}/`, `"${folder}/`)
  const copy = `${folder}/check.conf`
  await system.files.write(copy, running?.lists === signature ? moved.replaceAll(compiledLists, emptyFile) : moved)
  try {
    const { status, stdout, stderr } = await system.processes.run(['unbound-checkconf', copy], {
      accept: [0, 1],
      timeout: 120_000,
    })
    if (status === 0) return
    const words = (stderr + stdout).trim()
    throw new BoxError('SERVICE_CHECK_FAILED', `unbound-checkconf declines the new configuration: ${words}`)
  } finally {
    await system.files.remove(copy)
  }
}
