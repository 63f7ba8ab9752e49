import type { Clock } from './system.ts'

export const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}
