import { timingSafeEqual } from 'node:crypto'
import { BoxError } from '../../errors.ts'
import { ImportPlan, type SealedPlan } from '../../model/import-plan.ts'
import type { Seal } from '../seal.ts'

/**
 * A plan is a file that passes through many hands, and it is carried out as it stands: so only as this box has made it. Fields
 * are compared in the order of the schema, whatever order a program has left them in.
 */
export function sealPlan(plan: ImportPlan, seal: Seal): SealedPlan {
  const ordered = ImportPlan.parse(plan)
  return { ...ordered, seal: signature(ordered, seal) }
}

const signature = (plan: ImportPlan, seal: Seal): string => seal.sign(JSON.stringify(plan))

/** @throws `PLAN_FOREIGN` unless this box has sealed this very plan. */
export function refuseForeign({ seal: said, ...plan }: SealedPlan, seal: Seal): void {
  const [one, other] = [said, signature(plan, seal)].map((text) => Buffer.from(text))
  if (one !== undefined && other?.length === one.length && timingSafeEqual(one, other)) return
  throw new BoxError(
    'PLAN_FOREIGN',
    `The plan of ${new Date(plan.made).toISOString()} is not as this box has made it`,
    {
      hint: 'It was changed, or comes from another box. Make it anew from the files: iserv-ctl import plan, with --confirm, --rename, --allow-leaving and --allow-changes for what shall be otherwise.',
    },
  )
}
