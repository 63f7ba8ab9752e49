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
