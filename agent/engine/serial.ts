/** Runs what it is given one after the other, in the order given; a failure stops only the one that failed. */
export type Serial = <T>(act: () => Promise<T>) => Promise<T>

export function oneAfterAnother(): Serial {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const mine = last.then(act, act)
    last = mine
    return mine
  }
}

/** Turns at each thing that only one at a time may work on, for as long as the thing lives. */
export function turnsAt<K extends object>(): (thing: K) => Serial {
  const turns = new WeakMap<K, Serial>()
  return (thing) => {
    const known = turns.get(thing) ?? oneAfterAnother()
    turns.set(thing, known)
    return known
  }
}
