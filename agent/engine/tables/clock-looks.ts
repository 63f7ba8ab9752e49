import type { Store } from '../store.ts'

/** The last look at the clock by whoever must not trust a wrong one. Milliseconds. */
export interface ClockLook {
  readonly wall: number
  readonly began: number
  readonly even: number
}

export interface ClockLooks {
  last(): ClockLook | undefined
  put(look: ClockLook): void
}

export function clockLooksTable(store: Store): ClockLooks {
  return {
    last: () => store.get('select wall, began, even from clock_look') as ClockLook | undefined,
    put: ({ wall, began, even }) =>
      store.run('insert or replace into clock_look (one, wall, began, even) values (1, ?, ?, ?)', wall, began, even),
  }
}
