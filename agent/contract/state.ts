import { z } from 'zod'
import { StateDocument } from '../model/document.ts'
import { Problem } from './failure.ts'
import { defineOperation } from './operation.ts'

/** The school state as the agent keeps it: numbered generations of documents. */

const GenerationNumber = z.int().positive()
const Time = z.int().meta({ description: 'Milliseconds since the epoch.' })
const Documents = z.array(StateDocument).min(1).max(100)

export const Trial = z
  .strictObject({
    generation: GenerationNumber,
    backTo: GenerationNumber.meta({ description: 'The generation that comes back unless this one is confirmed.' }),
    deadline: Time,
  })
  .meta({ id: 'Trial' })
export type Trial = z.infer<typeof Trial>

export const ResourceOutcome = z
  .strictObject({
    name: z.string(),
    state: z.enum(['converged', 'failed', 'waiting']),
    detail: z.string().meta({ description: 'Why it failed or what it waits for.' }),
    lines: z.array(z.string()).meta({ description: 'What was done.' }),
  })
  .meta({ id: 'ResourceOutcome' })

export const Applied = z
  .strictObject({
    generation: GenerationNumber,
    unchanged: z.boolean().meta({ description: 'The state was the current one already; no generation was made.' }),
    resources: z.array(ResourceOutcome),
    warnings: z.array(Problem),
    trial: Trial.nullable(),
  })
  .meta({ id: 'Applied' })
export type Applied = z.infer<typeof Applied>

export const Plan = z
  .strictObject({
    from: GenerationNumber.nullable(),
    to: GenerationNumber,
    resources: z.array(z.strictObject({ name: z.string(), lines: z.array(z.string()) })),
    warnings: z.array(Problem),
  })
  .meta({ id: 'Plan' })
export type Plan = z.infer<typeof Plan>

export const GenerationSummary = z
  .strictObject({
    number: GenerationNumber,
    at: Time,
    by: z.string(),
    reason: z.string(),
    outcome: z.enum(['prepared', 'refused', 'applied', 'reverted']),
    detail: z.string().meta({ description: 'Why it was refused or reverted.' }),
    current: z.boolean(),
  })
  .meta({ id: 'GenerationSummary' })
export type GenerationSummary = z.infer<typeof GenerationSummary>

const root = ['root'] as const

export const statePlan = defineOperation({
  name: 'state.plan',
  audience: root,
  summary: 'What would change if these documents were applied',
  request: z.strictObject({ documents: Documents }),
  response: Plan,
})

export const stateApply = defineOperation({
  name: 'state.apply',
  audience: root,
  summary: 'Makes these documents the new generation',
  request: z.strictObject({
    documents: Documents,
    reason: z.string().max(200).default(''),
    base: z.int().min(0).optional().meta({
      description: 'Refused when another generation is current by now; 0: there must be none.',
    }),
    trialSeconds: z.int().min(10).max(86_400).optional(),
  }),
  response: Applied,
})

export const stateConfirm = defineOperation({
  name: 'state.confirm',
  audience: root,
  summary: 'Keeps the generation that is on trial',
  request: z.strictObject({}),
  response: z.strictObject({ generation: GenerationNumber }),
})

export const stateRollback = defineOperation({
  name: 'state.rollback',
  audience: root,
  summary: 'Makes an older generation the current one again, under a new number',
  request: z.strictObject({ generation: GenerationNumber.optional(), reason: z.string().max(200).default('') }),
  response: Applied,
})

export const stateHistory = defineOperation({
  name: 'state.history',
  audience: root,
  summary: 'Generations, newest first',
  request: z.strictObject({ limit: z.int().min(1).max(1000).default(20) }),
  response: z.strictObject({ generations: z.array(GenerationSummary) }),
})

export const stateShow = defineOperation({
  name: 'state.show',
  audience: root,
  summary: 'One generation with its documents, word for word; the current one without a number',
  request: z.strictObject({ generation: GenerationNumber.optional() }),
  response: z.strictObject({ ...GenerationSummary.shape, documents: z.array(StateDocument) }),
})
