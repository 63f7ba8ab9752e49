import { z } from 'zod'
import { SealedPlan } from '../model/import-plan.ts'
import { defineOperation, wholeSchool } from './operation.ts'

/** Carrying an import out, and taking it back. The work goes on in the agent whether anybody looks or not. */

const Moment = z.int().meta({ description: 'Milliseconds since the epoch.' })

export const ImportCounts = z
  .strictObject({
    new: z.int(),
    changed: z.int(),
    moved: z.int(),
    leaving: z.int(),
    returning: z.int(),
    unchanged: z.int(),
    newGroups: z.int(),
    renamedGroups: z.int(),
    endedGroups: z.int(),
    revivedGroups: z.int(),
    memberships: z.int(),
  })
  .meta({ id: 'ImportCounts', description: 'What a plan changes, in numbers.' })
export type ImportCounts = z.infer<typeof ImportCounts>

export const ImportStage = z.enum(['register', 'accounts', 'memberships', 'folders', 'done']).meta({
  id: 'ImportStage',
  description:
    'register: written down, in one piece; accounts and memberships: in the directory; folders: on disk; done.',
})
export type ImportStage = z.infer<typeof ImportStage>

export const ImportStatus = z
  .strictObject({
    number: z.int().meta({ description: 'Imports are numbered on each box.' }),
    source: z.string(),
    at: Moment,
    by: z.string(),
    state: z.enum(['running', 'done', 'undoing', 'undone']),
    stage: ImportStage,
    done: z.int().meta({ description: 'How much of the stage is done.' }),
    total: z.int(),
    left: z.number().nullable().meta({ description: 'Seconds until the stage is done; null: not known yet.' }),
    ended: Moment.nullable(),
    problem: z
      .string()
      .nullable()
      .meta({ description: 'What stops it at the moment; it is tried again by itself. Null: nothing.' }),
    refused: z
      .array(z.strictObject({ name: z.string(), why: z.string() }))
      .meta({ description: 'What the directory did not take; all others are done.' }),
    counts: ImportCounts,
  })
  .meta({ id: 'ImportStatus' })
export type ImportStatus = z.infer<typeof ImportStatus>

const both = ['root', 'platform'] as const

export const importApply = defineOperation({
  name: 'import.apply',
  audience: both,
  summary: 'Carries a plan out; answers as soon as it is written down and goes on by itself',
  largest: wholeSchool,
  request: z.strictObject({
    plan: SealedPlan,
    dryRun: z.boolean().default(false).meta({ description: 'Only say whether it could be carried out.' }),
  }),
  response: z.strictObject({
    counts: ImportCounts,
    /** What was begun, or was already done with this very plan; null: nothing to do, or a dry run. */
    import: ImportStatus.nullable(),
    already: z.boolean().meta({ description: 'This very plan was carried out before; nothing was done now.' }),
  }),
})

export const importStatus = defineOperation({
  name: 'import.status',
  audience: both,
  summary: 'The last import; waits for news',
  request: z.strictObject({
    after: z
      .int()
      .optional()
      .meta({ description: 'Revision seen last: answers when there is news, or after 20 seconds.' }),
  }),
  response: z.strictObject({
    revision: z.int().meta({ description: 'Of this answer; grows with each step. Starts anew with the agent.' }),
    import: ImportStatus.nullable(),
  }),
})

export const importUndo = defineOperation({
  name: 'import.undo',
  audience: both,
  summary: 'Takes the last import back, unless somebody concerned has signed in since',
  request: z.strictObject({
    dryRun: z.boolean().default(false).meta({ description: 'Only say whether it could be taken back.' }),
  }),
  response: z.strictObject({ import: ImportStatus }),
})
