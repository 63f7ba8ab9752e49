import type { Problem } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { filterFolder } from './paths.ts'
import { stampsOf } from './compile.ts'
import type { DnsDesired } from './schema.ts'

/** Files that lists name and that are not there: the lists would filter nothing. */
export async function warn({ lists }: DnsDesired, { files }: System): Promise<readonly Problem[]> {
  const present = await stampsOf(files)
  return lists.lists.flatMap(({ name, file }): readonly Problem[] =>
    file === undefined || present[file] !== undefined
      ? []
      : [
          {
            severity: 'warning',
            path: `filters.lists.${name}.file`,
            message: `the file ${filterFolder}/${file} is not there, so the list ${name} filters nothing`,
            hint: 'Put the file there, then apply the state.',
          },
        ],
  )
}
