/** A machine that loses its power: the same world, but from the k-th effect on nothing happens any more. */

export class PowerCut extends Error {}

/** What changes the world; looking at it costs no life. */
const effects = new Set(
  [
    ['write', 'makeFolder', 'link', 'rename', 'copy', 'sync', 'remove', 'run', 'modify'],
    ['add', 'set', 'end', 'conclude', 'makeCurrent', 'prune', 'setStale', 'keepOnly', 'update', 'transaction'],
  ].flat(),
)

export interface Life {
  /** Effects that still happen. */
  left: number
}

/**
 * Wraps an object and all objects in it. The effect after the last one is the moment of the cut.
 * @param done whether the effect at the moment of the cut still reaches the world, without anybody being told.
 */
export function dying<T extends object>(world: T, life: Life, done: boolean): T {
  return new Proxy(world, {
    get(target, name, receiver): unknown {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof value === 'object' && value !== null) return dying(value, life, done)
      if (typeof value !== 'function' || !effects.has(String(name))) return value
      return (...given: readonly unknown[]): unknown => {
        life.left -= 1
        if (life.left < -1 || (life.left === -1 && !done)) throw new PowerCut(String(name))
        const result: unknown = Reflect.apply(value, target, given)
        if (life.left >= 0) return result
        if (!(result instanceof Promise)) throw new PowerCut(String(name))
        const cut = result.then(() => {
          throw new PowerCut(String(name))
        })
        // Whoever has begun several at once may have been torn away from waiting for this one.
        cut.catch(() => undefined)
        return cut
      }
    },
  })
}
