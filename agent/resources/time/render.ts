import type { RenderedFile } from '../../engine/resource.ts'
import { subnetOf, subnetText } from '../../model/address.ts'
import type { TimeDesired } from './schema.ts'

/**
 * What differs from school to school; the image's /etc/chrony/chrony.conf reads this folder. Stratum 10 is worse than
 * any server on the internet, so the box's own clock counts only while none of them answers: then the house at least
 * keeps one time.
 */
export function render({ servers, networks, timezone }: TimeDesired): readonly RenderedFile[] {
  const lines = [
    ...servers.map((server) => `server ${server} iburst`),
    ...networks.map((network) => `allow ${subnet(network)}`),
    'local stratum 10 orphan',
  ]
  return [
    { path: 'chrony.conf', text: `${lines.join('\n')}\n` },
    // The root is read-only and /etc/localtime with it: the command line reads here which clock hangs in the school.
    { path: 'timezone', text: `${timezone}\n` },
  ]
}

function subnet(network: string): string {
  const found = subnetOf(network)
  return found === undefined ? network : subnetText(found)
}
