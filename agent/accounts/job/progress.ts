import type { ImportStage } from '../../contract/import-job.ts'
import type { Refusal } from '../bulk/project.ts'

/** How far the import under way is. Lives in memory: after a restart the work begins again where the ledger says. */
export interface Snapshot {
  readonly stage: ImportStage
  readonly done: number
  readonly total: number
  /** Seconds. */
  readonly left: number | null
  readonly problem: string | null
  readonly refused: readonly Refusal[]
}

export interface Progress {
  now(): Snapshot
  /** Grows with each change. */
  revision(): number
  stage(stage: ImportStage): void
  step(done: number, total: number): void
  trouble(problem: string | null): void
  refuse(refused: readonly Refusal[]): void
  /** Resolves when the revision is another than this one, or after so many milliseconds. */
  news(revision: number, wait: number): Promise<void>
}

/** Too few to tell a pace from. */
const firstSteps = 10

/** @param monotonic milliseconds that never go backwards */
export function createProgress(monotonic: () => number): Progress {
  const held = {
    snapshot: { stage: 'done', done: 0, total: 0, left: null, problem: null, refused: [] } as Snapshot,
    revision: 0,
    began: 0,
    wake: [] as (() => void)[],
  }
  const change = (part: Partial<Snapshot>): void => {
    held.snapshot = { ...held.snapshot, ...part }
    held.revision += 1
    for (const wake of held.wake.splice(0)) wake()
  }
  return {
    now: () => held.snapshot,
    revision: () => held.revision,
    stage(stage) {
      held.began = monotonic()
      change({ stage, done: 0, total: 0, left: null })
    },
    step(done, total) {
      const seconds = (monotonic() - held.began) / 1000
      const left = done < firstSteps ? null : (seconds / done) * (total - done)
      change({ done, total, left })
    },
    trouble: (problem) => change({ problem }),
    refuse: (refused) => change({ refused }),
    async news(revision, wait) {
      if (held.revision !== revision) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, wait)
      held.wake.push(resolve)
      await promise
      clearTimeout(timer)
    },
  }
}
