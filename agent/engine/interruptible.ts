import type { System } from '../system/system.ts'

/**
 * The same world, in which everything that may last ends at the signal: programs are ended, and nobody waits any longer for a
 * unit or an answer. Files and rules are still written to their end. Throws the signal's reason.
 */
export function interruptible(system: System, signal: AbortSignal): System {
  const { processes, units, network } = system
  const raced =
    <Given extends readonly unknown[], Answer>(act: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      signal.throwIfAborted()
      const { promise, reject } = Promise.withResolvers<never>()
      const stop = (): void => reject(signal.reason)
      signal.addEventListener('abort', stop)
      try {
        return await Promise.race([act(...given), promise])
      } finally {
        signal.removeEventListener('abort', stop)
      }
    }
  return {
    ...system,
    processes: {
      async run(argv, options = {}) {
        signal.throwIfAborted()
        const both = options.signal === undefined ? signal : AbortSignal.any([signal, options.signal])
        return processes.run(argv, { ...options, signal: both })
      },
    },
    units: {
      status: raced((name) => units.status(name)),
      start: raced((name) => units.start(name)),
      stop: raced((name) => units.stop(name)),
      restart: raced((name) => units.restart(name)),
      reload: raced((name) => units.reload(name)),
    },
    network: {
      exchange: raced((path, text, timeout) => network.exchange(path, text, timeout)),
      query: raced((server, port, name, type, timeout) => network.query(server, port, name, type, timeout)),
      hearing: raced(() => network.hearing()),
    },
  }
}
