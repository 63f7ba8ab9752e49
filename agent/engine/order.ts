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
 * The same resources with those that have changed in front, each as far as nothing it comes after would follow it: whoever
 * has changed a device's address waits for that, not for a look at everything else.
 * @param resources in order.
 * @param rests says that a resource is as it should be, as far as is known.
 */
export function changedFirst<T extends Ordered>(
  resources: readonly T[],
  changed: (name: string) => boolean,
  rests: (name: string) => boolean,
): readonly T[] {
  const present = new Set(resources.map(({ name }) => name))
  const touched = new Set<string>()
  const early = new Set<string>()
  for (const { name, after } of resources) {
    const before = after.filter((one) => present.has(one))
    if (changed(name) && before.every((one) => early.has(one) || (!touched.has(one) && rests(one)))) early.add(name)
    if (changed(name) || before.some((one) => touched.has(one))) touched.add(name)
  }
  return [...resources.filter(({ name }) => early.has(name)), ...resources.filter(({ name }) => !early.has(name))]
}
