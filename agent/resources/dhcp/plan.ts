import { differences } from './diff.ts'
import { objectOf } from './json.ts'
import { keaConfig, listenerText } from './render.ts'
import type { Actual, Desired, Step } from './schema.ts'

export function plan(desired: Desired, actual: Actual): readonly Step[] {
  // It starts from its file, which is the one wanted; the next look compares what it has read.
  if (!actual.running) return [{ kind: 'start' }]
  const changes = [...differences(keaConfig(desired), actual.config), ...deaf(desired, actual)]
  const listeners = desired.networks.map(({ bridge, box }) => ({ bridge, address: box }))
  return [
    ...(changes.length === 0 ? [] : [{ kind: 'load' as const, changes, listeners, networks: desired.networks }]),
    ...(actual.serving ? [] : [{ kind: 'enable' as const }]),
  ]
}

/** Bridges on which Kea believes to listen, but does not: the bridge was made anew under it. */
function deaf({ networks }: Desired, actual: Extract<Actual, { running: true }>): readonly string[] {
  if (actual.sockets !== 'ready') return []
  const told = objectOf(objectOf(actual.config['Dhcp4'])['interfaces-config'])['interfaces']
  return networks
    .filter(
      ({ bridge, box }) =>
        Array.isArray(told) &&
        told.includes(listenerText({ bridge, address: box })) &&
        !actual.listening.includes(bridge),
    )
    .map(({ bridge }) => `~ listen on ${bridge} again`)
}

export function describe(step: Step): string {
  switch (step.kind) {
    case 'start':
      return '+ start Kea'
    case 'enable':
      return '~ Kea serves again'
    case 'load':
      return step.changes.join('\n')
  }
}
