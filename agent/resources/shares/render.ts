import type { RenderedFile } from '../../engine/resource.ts'
import { readerAccount } from '../../model/directory-tree.ts'
import type { Share, SharesDesired } from './schema.ts'

/** The school's shares; smb.conf of the directory includes this file at its end. */
export function render({ domain, shares }: SharesDesired): readonly RenderedFile[] {
  return [{ path: 'shares.conf', text: shares.map((share) => section(share, domain)).join('\n') }]
}

function section({ name, comment, path, groups, bin }: Share, domain: string): string {
  const box = `${domain}\\${readerAccount.name}`
  const settings: Readonly<Record<string, string>> = {
    comment,
    path,
    'read only': 'no',
    // Who else does not even see it. The box itself does, to tell whether it is offered; the folders let it in nowhere.
    'valid users': [...groups.map((group) => `+${domain}\\${group}`), box].join(' '),
    // The last two are the domain controller's own, without which rights and policies are lost. Streams come before the bin,
    // which takes a stream that is deleted for a file, and leaves it where it is.
    'vfs objects': 'streams_xattr recycle dfs_samba4 acl_xattr',
    'recycle:repository': bin,
    'recycle:keeptree': 'yes',
    'recycle:versions': 'yes',
    'recycle:touch': 'yes',
    'recycle:directory_mode': '0700',
    'recycle:subdir_mode': '0700',
    // What programs throw away behind people's backs.
    'recycle:exclude': '*.tmp ~$* .~lock.* *.part Thumbs.db .DS_Store',
  }
  const lines = Object.entries(settings).filter(([, value]) => value !== '')
  return [`[${name}]`, ...lines.map(([key, value]) => `  ${key} = ${value}`), ''].join('\n')
}
