import type { ImportPlan, PersonFields } from '../../model/import-plan.ts'
import type { Register } from '../../model/register.ts'
import type { Words } from './words.ts'

/** A plan for whoever is not told birth dates: it holds those that the files say, and none that only the register knows. */

export const discreetWords = (words: Words): Words => ({
  ...words,
  field: { ...words.field, birth: (_before, after) => words.field.birth('…', after) },
})

export function discreetPlan(plan: ImportPlan): ImportPlan {
  return {
    ...plan,
    people: plan.people.map((change) => {
      if (change.kind !== 'changed') return change
      const { before, after } = change
      return { ...change, before: unborn(before), after: before.birth === after.birth ? unborn(after) : after }
    }),
    proposals: plan.proposals.map((proposal) => ({ ...proposal, candidates: proposal.candidates.map(unborn) })),
  }
}

export const discreetRegister = (register: Register): Register => ({
  ...register,
  people: register.people.map(unborn),
})

function unborn<Somebody extends Pick<PersonFields, 'birth'>>(somebody: Somebody): Somebody {
  return { ...somebody, birth: null }
}
