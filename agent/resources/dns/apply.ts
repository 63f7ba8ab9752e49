import type { System } from '../../system/system.ts'
import { compile } from './compile.ts'
import { control, fastReload } from './control.ts'
import { markerName, markerRecord } from './marker.ts'
import { recordLine } from './render.ts'
import type { DnsStep } from './schema.ts'

export async function apply(step: DnsStep, system: System): Promise<void> {
  switch (step.kind) {
    case 'restart':
      return system.units.restart('unbound.service')
    case 'load-lists':
      await compile(step.lists, system.files)
      return fastReload(system)
    case 'reload':
      return fastReload(system)
    case 'change-names':
      // unbound removes a name before it adds it: who asks in between would be told that there is none. The file, which
      // is written by now, is taken in whole.
      if (step.moves) return fastReload(system)
      await control(system, 'local_datas_remove', [
        ...new Set([...step.remove.map((record) => record.name), markerName('names')]),
      ])
      await control(system, 'local_datas', [...step.add.map(recordLine), markerRecord('names', step.digest)])
  }
}
