import type { Problem } from '../errors.ts'
import type { SchoolState } from '../model/state.ts'
import type { RoomLock } from '../model/lock.ts'
import type { System } from '../system/system.ts'

/** What the box should be: the declared generation, and what teachers have set on top of it for a while. */
export interface Declared {
  readonly state: SchoolState
  readonly locks: readonly RoomLock[]
}

/** Milliseconds: no step takes longer, for whatever it waits for has a limit below this. Making a directory is the longest. */
export const longestStep = 40 * 60_000

/** One configuration file as it should lie under `/var/lib/iserv/current/<resource>/`. */
export interface RenderedFile {
  /** Relative to the resource's folder: `kea-dhcp4.conf`, `lists/games.conf`. */
  readonly path: string
  readonly text: string
  /** Default 0644. */
  readonly mode?: number
}

/** One judged fact about a running service. Codes are kebab-case, stable, documented. */
export interface Finding {
  readonly code: string
  readonly severity: 'ok' | 'warning' | 'error'
  /** One sentence for a teacher. */
  readonly message: string
}

/**
 * One running service that the agent keeps equal to the declared state.
 *
 * The engine writes `render`'s files into a folder of the new generation, lets `check` judge that folder, switches
 * the link `current`, and only then has the steps of `plan` applied. It watches the files itself: a resource plans
 * from what the running service says, never from its files.
 */
export interface Resource<Desired, Actual, Step extends { readonly kind: string }> {
  readonly name: string
  /** Resources that must have converged first. */
  readonly after: readonly string[]
  /** Pure: the school's words into the service's words. */
  derive(declared: Declared): Desired
  /** Pure: the files from which the service starts without the agent. */
  render(desired: Desired): readonly RenderedFile[]
  /** The service's own checker over the candidate files in `folder`; throws `SERVICE_CHECK_FAILED`. */
  check(desired: Desired, folder: string, system: System): Promise<void>
  /** What the machine shows to be worth knowing before this state is applied, and is no reason to refuse it. */
  warn?(desired: Desired, system: System): Promise<readonly Problem[]>
  /** What the running service says of itself. */
  observe(system: System): Promise<Actual>
  /** Pure: no clock, no file, no network. Equal states give no steps; a step leaves no choice open. */
  plan(desired: Desired, actual: Actual): readonly Step[]
  /**
   * One line for plan and journal: `+ reservation r214-pc07 52:54:00:14:07:01 → 10.20.14.7`. It begins with `+`, `~`
   * or `-`; a step that changes several things gives a line for each.
   */
  describe(step: Step): string
  apply(step: Step, system: System): Promise<void>
  /**
   * Makes the service read its files again; called before planning when files under `current/` have changed: by a
   * new generation, a repair, or a lock. For services that cannot say all of what they have loaded; absent when
   * `observe` sees everything.
   */
  reload?(desired: Desired, system: System): Promise<void>
  /** Does it serve? A name is resolved, a lease is taken. */
  probe(desired: Desired, system: System): Promise<readonly Finding[]>
}

/** A resource for the engine, which does not know its types. */
export interface AnyResource {
  readonly name: string
  readonly after: readonly string[]
  /** A session on one desired state; holds the types closed over. */
  prepare(declared: Declared): Prepared
}

/** A resource bound to one desired state. */
export interface Prepared {
  readonly name: string
  readonly files: readonly RenderedFile[]
  check(folder: string, system: System): Promise<void>
  warn(system: System): Promise<readonly Problem[]>
  /** Steps between the running service and the desired state, each with the line that tells of it. */
  plan(system: System): Promise<readonly PreparedStep[]>
  reload(system: System): Promise<void>
  probe(system: System): Promise<readonly Finding[]>
}

export interface PreparedStep {
  readonly kind: string
  /** What `describe` says of it. */
  readonly line: string
  apply(system: System): Promise<void>
}

/** Closes a resource's three types over, so that unlike resources fit in one list. */
export function defineResource<Desired, Actual, Step extends { readonly kind: string }>(
  resource: Resource<Desired, Actual, Step>,
): AnyResource {
  return {
    name: resource.name,
    after: resource.after,
    prepare(declared) {
      const desired = resource.derive(declared)
      return {
        name: resource.name,
        files: resource.render(desired),
        check: (folder, system) => resource.check(desired, folder, system),
        warn: async (system) => (await resource.warn?.(desired, system)) ?? [],
        async plan(system) {
          return resource.plan(desired, await resource.observe(system)).map((step) => ({
            kind: step.kind,
            line: resource.describe(step),
            apply: (door) => resource.apply(step, door),
          }))
        },
        reload: async (system) => resource.reload?.(desired, system),
        probe: (system) => resource.probe(desired, system),
      }
    },
  }
}
