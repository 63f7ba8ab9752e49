import type { Progress } from '../command.ts'
import type { Clock, Files } from '../../agent/system/system.ts'
import { timeLeft, type Durations } from './forecast.ts'

/** The named stages of a build as a person sees them, with the time left learnt from earlier builds. */
export interface Stages {
  /** What is still to come, for the time left: called when it becomes known. */
  expect(names: readonly string[]): void
  /** Runs one stage; `say` turns its value into the result shown. */
  run<T>(name: string, detail: string, act: (tell: Tell) => Promise<T>, say: (value: T) => string): Promise<T>
  /** A stage that need not run. */
  skip(name: string, why: string): void
}

/** What the stage is at just now. */
export type Tell = (detail: string) => void

export interface StageOptions {
  readonly progress: Progress
  readonly clock: Clock
  readonly files: Files
  /** Where the durations are kept. */
  readonly file: string
}

const tick = 500

export async function stagesOf({ progress, clock, files, file }: StageOptions): Promise<Stages> {
  const durations = new Map(Object.entries(readDurations(await files.read(file))))
  const ahead: string[] = []

  return {
    expect(names) {
      ahead.splice(0, ahead.length, ...names)
    },
    skip(name, why) {
      drop(ahead, name)
      progress.stage(name)
      progress.done(why)
    },
    async run(name, detail, act, say) {
      drop(ahead, name)
      progress.stage(name, detail)
      const start = clock.monotonic()
      const state = { detail }
      const show = (): void => {
        const { fraction, left } = timeLeft(durations, name, clock.monotonic() - start, ahead)
        progress.update(fraction, state.detail, left)
      }
      const timer = setInterval(show, tick)
      try {
        const value = await act((told) => {
          state.detail = told
        })
        durations.set(name, Math.round(clock.monotonic() - start))
        await files.write(file, `${JSON.stringify(Object.fromEntries(durations), null, 2)}\n`)
        progress.done(say(value))
        return value
      } finally {
        clearInterval(timer)
      }
    },
  }
}

function drop(names: string[], name: string): void {
  const index = names.indexOf(name)
  if (index >= 0) names.splice(index, 1)
}

/** A damaged file only costs the time left. */
function readDurations(text = '{}'): Durations {
  try {
    const value: unknown = JSON.parse(text)
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
  } catch {
    return {}
  }
}
