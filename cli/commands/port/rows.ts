import type { Port } from '../../../agent/contract/port.ts'
import type { Block } from '../../command.ts'

export function portTable(ports: readonly Port[], title?: string): Block {
  return {
    kind: 'table',
    ...(title === undefined ? {} : { title }),
    head: ['port', 'mac', 'driver', 'link', 'use'],
    rows: ports.map(({ name, mac, driver, link, use }) => [name, mac, driver, link, use.join(', ')]),
  }
}
