import type { DeviceView } from '../../../agent/contract/device.ts'

export const deviceHead = ['name', 'mac', 'room', 'network', 'address', 'internet', 'comment'] as const

export function deviceRow({ name, mac, room, network, address, internet, comment }: DeviceView): readonly string[] {
  return [name, mac, room ?? '', network, address ?? 'pool', internet ? 'yes' : 'no', comment ?? '']
}

/** What differs, as `mac 52:54:00:aa:01:1f → 52:54:00:aa:01:20, room r118 → r119`. */
export function differences(before: DeviceView, after: DeviceView): string {
  const was = deviceRow(before)
  return deviceRow(after)
    .flatMap((cell, index) => {
      const earlier = was[index]
      return cell === earlier ? [] : [`${deviceHead[index]} ${earlier || 'none'} → ${cell || 'none'}`]
    })
    .join(', ')
}
