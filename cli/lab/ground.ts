import type { System } from '../../agent/system/system.ts'
import { alone } from './alone.ts'
import { cable, boxEnd, plugged, switches, up } from './fabric.ts'
import { createGroup, endGroup, type Ground, runInGroup } from './group.ts'
import { type Layout, namespaceOf } from './layout.ts'
import { boxMac } from './provider.ts'

/** Wires a lab up before anything runs in it: namespaces, switches, the box's ports. */
export async function layCables(layout: Layout, ports: readonly string[], host: System): Promise<Ground> {
  const roles = ['switch', 'box', 'provider'] as const
  const [switchNamespace, box] = [namespaceOf(layout, 'switch'), namespaceOf(layout, 'box')]
  await host.files.makeFolder(layout.folder)
  await host.files.makeFolder(layout.data)
  const ground = await createGroup(layout, host)
  const cables = ports.map((port, index) =>
    cable({ namespace: box, interfaceName: port, mac: boxMac(index), end: boxEnd(port), switchNamespace }),
  )
  const names = roles.map((role) => namespaceOf(layout, role))
  await runInGroup(ground, ['ip', '-batch', '-'], { input: switches(names, switchNamespace, ports) + cables.join('') })
  await runInGroup(ground, ['ip', '-n', switchNamespace, '-batch', '-'], {
    input: up(['lo', ...ports]) + plugged(ports.map((port) => ({ end: boxEnd(port), port }))),
  })
  return ground
}

/**
 * Takes everything away that bears the lab's name: processes, namespaces with their cables, files. Needs no record, is
 * harmless when there is nothing, and after a crash at any point of `up`.
 */
export function sweep(layout: Layout, host: System): Promise<void> {
  return alone(host, () => sweepAlone(layout, host))
}

/** The same, for whoever holds the lock of the lab already. */
export async function sweepAlone(layout: Layout, host: System): Promise<void> {
  const { files, processes } = host
  await endGroup(layout, host)
  const all = await files.list('/run/netns')
  const own = all.filter((name) => name.startsWith(layout.prefix))
  if (own.length > 0) {
    await processes.run(['ip', '-batch', '-'], { input: own.map((name) => `netns del ${name}\n`).join('') })
  }
  for (const name of await files.list('/etc/netns')) {
    if (name.startsWith(layout.prefix)) await files.remove(`/etc/netns/${name}`)
  }
  await files.remove(layout.data)
  await files.remove(layout.folder)
}
