import { join } from 'node:path'
import { project } from '../build/place.ts'
import type { LabClient } from './record.ts'

/** The lab that `npm start` and `lab up` build: the example school's box with some of its devices. */

export const labName = 'school-lab'

/** The school that is applied to it. */
export const exampleState = join(project, 'docs/example/school.yaml')

/** The first is the uplink. */
export const examplePorts = ['uplink0', 'lan0', 'guest0'] as const

/** Declared devices of the example school, and two that nobody declared. */
export const exampleClients: readonly LabClient[] = [
  { name: 'r214-pc07', port: 'lan0', mac: '52:54:00:14:07:01' },
  { name: 'r214-pc08', port: 'lan0', mac: '52:54:00:14:08:01' },
  { name: 'r118-pc31', port: 'lan0', mac: '52:54:00:18:31:01' },
  { name: 'laptop', port: 'lan0', mac: '52:54:00:99:00:01' },
  { name: 'phone', port: 'guest0', mac: '52:54:00:99:00:02' },
]
