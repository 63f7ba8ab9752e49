import type { Clock } from './system.ts'

export const clock: Clock = {
  now: () => Date.now(),
  // CLOCK_MONOTONIC: counts from the start of the machine, for all of its processes.
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
}
