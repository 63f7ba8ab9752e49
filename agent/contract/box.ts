import { z } from 'zod'
import { RoomLock } from '../model/lock.ts'
import { defineOperation } from './operation.ts'
import { Port } from './port.ts'
import { GenerationSummary, ResourceOutcome, Trial } from './state.ts'

export const Finding = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['ok', 'warning', 'error']),
    message: z.string().meta({ description: 'One sentence for a teacher.' }),
  })
  .meta({ id: 'Finding' })

export const ResourceStatus = z
  .strictObject({
    name: z.string(),
    state: z.enum(['converged', 'failed', 'waiting']),
    since: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    detail: z.string(),
    findings: z.array(Finding),
  })
  .meta({ id: 'ResourceStatus' })

export const BoxStatus = z
  .strictObject({
    version: z.string().meta({ description: 'Version of the agent.' }),
    school: z
      .strictObject({
        name: z.string(),
        domain: z.string(),
        directory: z.boolean().meta({ description: 'Does the school declare a directory?' }),
      })
      .nullable()
      .meta({ description: 'Null: no state yet, or none that this agent can read.' }),
    generation: GenerationSummary.nullable().meta({ description: 'The generation the box runs; null: no state yet.' }),
    held: z
      .strictObject({ code: z.string(), message: z.string(), hint: z.string().nullable() })
      .nullable()
      .meta({ description: 'Why the agent leaves everything as it is.' }),
    resources: z.array(ResourceStatus),
    ports: z.array(Port),
    trial: Trial.nullable(),
    locks: z.array(RoomLock),
  })
  .meta({ id: 'BoxStatus' })
export type BoxStatus = z.infer<typeof BoxStatus>

export const boxStatus = defineOperation({
  name: 'box.status',
  audience: ['root', 'platform'],
  summary: 'What runs, what is wrong',
  request: z.strictObject({}),
  response: BoxStatus,
})

export const boxReconcile = defineOperation({
  name: 'box.reconcile',
  audience: ['root'],
  summary: 'Looks at every service now instead of within half a minute, and repairs what is not as declared',
  request: z.strictObject({}),
  response: z.strictObject({ resources: z.array(ResourceOutcome) }),
})
