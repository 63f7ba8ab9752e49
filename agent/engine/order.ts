/** What has to come after what. */
export interface Ordered {
  readonly name: string
  readonly after: readonly string[]
}

/**
 * Each after those it names, otherwise in the order given. A name that is not in the list is no wish.
 * @throws Error for a circle: the list is ours, so a circle is a bug.
 */
export function inOrder<T extends Ordered>(resources: readonly T[]): readonly T[] {
  const byName = new Map(resources.map((resource) => [resource.name, resource]))
  const done = new Set<T>()
  const visit = (resource: T, path: readonly string[]): void => {
    if (done.has(resource)) return
    if (path.includes(resource.name)) throw new Error(`resources in a circle: ${[...path, resource.name].join(' → ')}`)
    for (const name of resource.after) {
      const before = byName.get(name)
      if (before !== undefined) visit(before, [...path, resource.name])
    }
    done.add(resource)
  }
  for (const resource of resources) visit(resource, [])
  return [...done]
}

/**
 * Which of the others each resource waits for in one look at all of them: those it comes after. What has changed does not
 * wait for what no change can have reached: whoever has given a device another address waits for that alone.
 * @param resources in order.
 * @param changed says that a resource is declared otherwise than before.
 * @param rests says that a resource is as it should be, as far as is known.
 */
export function waitsOf(
  resources: readonly Ordered[],
  changed: (name: string) => boolean,
  rests: (name: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const waits = new Map<string, readonly string[]>()
  const reached = new Set<string>()
  for (const { name, after } of resources) {
    const before = after.filter((one) => waits.has(one))
    if (changed(name) || before.some((one) => reached.has(one))) reached.add(name)
    waits.set(name, changed(name) ? before.filter((one) => reached.has(one) || !rests(one)) : before)
  }
  return waits
}
