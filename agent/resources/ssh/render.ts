import type { RenderedFile } from '../../engine/resource.ts'
import type { SshDesired } from './schema.ts'

/** sshd reads it at each sign-in and does not start without it; how it runs stands in the image. */
export function render({ keys }: SshDesired): readonly RenderedFile[] {
  if (keys.length === 0) return []
  return [{ path: 'authorized_keys', text: keys.map((line) => `${line}\n`).join(''), mode: 0o600 }]
}
