import { join } from 'node:path'
import { home, type Own } from './own.ts'
import type { Tree } from './tree.ts'
import { toolOf } from './argv.ts'
import { run, type Workshop } from './workshop.ts'

/**
 * Lays our own part over a base tree. The base is linked file by file, which costs no space and about a second; tar
 * replaces a file by a new one and so never writes into the base. Node's binary is a link as well.
 */
export async function merge(shop: Workshop, base: Tree, own: Own, epoch: number, target: string): Promise<void> {
  await shop.stages.run(
    'tree',
    'base and own part',
    async () => {
      await run(shop, ['cp', '--archive', '--link', '--no-target-directory', '--', base.root, target])
      await run(shop, [
        'tar',
        '--extract',
        `--file=${own.archive}`,
        `--directory=${target}`,
        '--numeric-owner',
        '--preserve-permissions',
        '--no-overwrite-dir',
        '--keep-directory-symlink',
      ])
      await run(shop, ['ln', '--', own.node, join(target, home, 'bin/node')])
      // Users and groups of our own units: declared in usr/lib/sysusers.d, made here because /etc is read-only later.
      await run(shop, toolOf(base.root, 'bin/systemd-sysusers', `--root=${target}`), {
        env: { SOURCE_DATE_EPOCH: String(epoch) },
      })
      await shop.system.files.remove(join(target, 'etc/.pwd.lock'))
    },
    () => '',
  )
}
