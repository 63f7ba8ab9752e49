import { z } from 'zod'
import { Altered, Emptied, SealedPlan } from '../model/import-plan.ts'
import { Role } from '../model/person.ts'
import { Label } from '../model/scalars.ts'
import { Problem } from './failure.ts'
import { defineOperation, wholeSchool } from './operation.ts'

/** Preparing an import: what files of other programs would change. */

export const PlanLine = z
  .strictObject({ what: z.string(), count: z.int(), detail: z.string() })
  .meta({ id: 'PlanLine', description: 'One line of what a plan would do.' })
export type PlanLine = z.infer<typeof PlanLine>

export const PlanGuard = z
  .strictObject({
    leaving: z.int(),
    managed: z.int(),
    whole: z.boolean().meta({ description: 'The files are full lists; false: they say of each that they have left.' }),
    needed: z.int(),
    emptied: z.array(Emptied),
  })
  .meta({ id: 'PlanGuard', description: 'More people would leave than are let go without being asked for.' })

export const Answer = z
  .string()
  .regex(/^.+:\d+=[a-z0-9._-]+$/, 'must be FILE:LINE=LOGIN, or FILE:LINE=new')
  .meta({ id: 'ConfirmAnswer' })
export const Rename = z
  .string()
  .regex(/^[^=]+=[^=]+$/, 'must be two names of a class, as in 5a=6a')
  .meta({ id: 'RenameAnswer' })

export const importPlan = defineOperation({
  name: 'import.plan',
  audience: ['root', 'platform'],
  summary: 'What files of other programs would change; changes nothing',
  largest: wholeSchool,
  request: z.strictObject({
    files: z
      .array(z.strictObject({ name: z.string().min(1).max(255), content: z.base64() }))
      .min(1)
      .max(100),
    format: z.string().exactOptional().meta({ description: 'Name of a format; without: each file tells by itself.' }),
    columns: z
      .record(z.string(), z.string())
      .default({})
      .meta({ description: 'What columns mean, by name or number.' }),
    role: Role.exactOptional(),
    password: z.string().exactOptional().meta({ description: 'Opens ZIP files.' }),
    source: Label.exactOptional().meta({
      description: 'Without: the one that people of these roles come from so far, else the format.',
    }),
    confirm: z.array(Answer).default([]),
    exact: z
      .boolean()
      .default(false)
      .meta({ description: 'Same name and birth date are the same person whatever the id.' }),
    rename: z.array(Rename).default([]),
    renames: z
      .enum(['ask', 'take', 'leave'])
      .default('ask')
      .meta({ description: 'What becomes of classes that look renamed.' }),
    allowLeaving: z.int().min(0).nullable().default(null),
    allowChanges: z.int().min(0).nullable().default(null),
    page: z.boolean().default(false).meta({ description: 'Also as a page in HTML.' }),
  }),
  response: z.strictObject({
    plan: SealedPlan,
    lines: z.array(PlanLine),
    guard: PlanGuard.nullable(),
    altered: Altered.nullable().meta({ description: 'More are altered than is taken without being asked for.' }),
    files: z.array(
      z.strictObject({
        name: z.string(),
        title: z.string(),
        encoding: z.string(),
        delimiter: z.string().nullable(),
        header: z.boolean().nullable(),
        people: z.int(),
      }),
    ),
    warnings: z.array(Problem),
    page: z.string().nullable(),
  }),
})
