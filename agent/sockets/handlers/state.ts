import { stateApply, stateConfirm, stateHistory, statePlan, stateRollback, stateShow } from '../../contract/state.ts'
import type { Applied as AppliedAnswer, GenerationSummary } from '../../contract/state.ts'
import { BoxError, isBoxError, type Problem } from '../../errors.ts'
import type { Applied } from '../../engine/engine.ts'
import type { Running } from '../../engine/pass.ts'
import type { Generation } from '../../engine/tables/generations.ts'
import { lossesOf } from '../../model/losses.ts'
import type { StateDocument } from '../../model/document.ts'
import { placeProblems } from '../../model/read.ts'
import type { SchoolState } from '../../model/state.ts'
import { defineHandler, type Handler } from '../handler.ts'

export function summaryOf(generation: Generation, current: number | undefined): GenerationSummary {
  const { documents: _, ...summary } = generation
  return { ...summary, current: generation.number === current }
}

/** What became of an apply, as it travels. */
export function answerOf({ resources, warnings, trial, ...applied }: Applied): AppliedAnswer {
  return {
    ...applied,
    resources: resources.map((one) => ({ ...one, lines: [...one.lines] })),
    warnings: [...warnings],
    trial: trial ?? null,
  }
}

function lossesSince({ state, generation }: Running, after: SchoolState): readonly Problem[] {
  return lossesOf(state, after, generation.number)
}

/** A port that is not there is found by the service that would use it, which does not know the texts. */
async function withLines<T>(documents: readonly StateDocument[], work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isBoxError(error, 'PORT_UNKNOWN')) throw error
    const { code, message, hint = '', problems, cause } = error
    throw new BoxError(code, message, { hint, cause, problems: placeProblems(problems, documents) })
  }
}

export const stateHandlers: readonly Handler[] = [
  defineHandler(statePlan, async ({ documents }, { engine }) => {
    const { state, from, to, resources, warnings } = await withLines(documents, engine.plan(documents))
    const told = resources.map(({ name, lines }) => ({ name, lines: [...lines] }))
    const running = engine.status().running
    const lost = running === undefined ? [] : lossesSince(running, state)
    return { from: from ?? null, to, resources: told, warnings: [...lost, ...warnings] }
  }),

  defineHandler(stateApply, async ({ documents, reason, base, trialSeconds }, { engine, caller }) => {
    const running = engine.status().running
    const request = {
      documents,
      by: caller.by,
      reason,
      ...(base === undefined ? {} : { base }),
      ...(trialSeconds === undefined ? {} : { trialSeconds }),
    }
    const applied = await withLines(documents, engine.apply(request))
    const lost = running === undefined ? [] : lossesSince(running, engine.state())
    return answerOf({ ...applied, warnings: [...lost, ...applied.warnings] })
  }),

  defineHandler(stateConfirm, async (_request, { engine }) => {
    const { generation } = await engine.confirm()
    return { generation }
  }),

  defineHandler(stateRollback, async ({ generation, reason }, { engine, caller }) =>
    answerOf(await engine.rollback({ by: caller.by, reason, ...(generation === undefined ? {} : { to: generation }) })),
  ),

  defineHandler(stateHistory, ({ limit }, { ledger }) => {
    const current = ledger.generations.current()?.number
    return { generations: ledger.generations.list(limit).map((one) => summaryOf(one, current)) }
  }),

  defineHandler(stateShow, ({ generation }, { ledger }) => {
    const current = ledger.generations.current()
    const found = generation === undefined ? current : ledger.generations.get(generation)
    if (found !== undefined) return { ...summaryOf(found, current?.number), documents: [...found.documents] }
    if (generation === undefined) {
      throw new BoxError('STATE_NONE', 'This box has no state yet', { hint: 'iserv-ctl state apply FILE' })
    }
    throw new BoxError('STATE_GENERATION_UNKNOWN', `There is no generation ${generation}`, {
      hint: 'iserv-ctl state history lists them.',
    })
  }),
]
