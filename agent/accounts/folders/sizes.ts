import { isBoxError } from '../../errors.ts'
import type { Argv, System } from '../../system/system.ts'

/** Whoever asks waits at most so long, in milliseconds. */
const patience = 60_000

/**
 * Bytes that the disk has given for all that lies in each folder. Those that are not there are missing in the answer; so
 * are all when counting takes too long.
 */
export async function sizesOf(
  folders: readonly string[],
  { processes }: Pick<System, 'processes'>,
): Promise<ReadonlyMap<string, number>> {
  if (folders.length === 0) return new Map()
  // A folder inside another of the list would be counted once, with the first: each counts for itself.
  const argv: Argv = ['du', '--summarize', '--count-links', '--block-size=1', '--null', '--files0-from=-']
  try {
    const input = folders.map((folder) => `${folder}\0`).join('')
    const { stdout } = await processes.run(argv, { input, accept: [0, 1], timeout: patience })
    return new Map(
      stdout.split('\0').flatMap((line): readonly (readonly [string, number])[] => {
        const tab = line.indexOf('\t')
        return tab === -1 ? [] : [[line.slice(tab + 1), Number(line.slice(0, tab))]]
      }),
    )
  } catch (error) {
    if (isBoxError(error, 'PROCESS_TIMEOUT')) return new Map()
    throw error
  }
}
