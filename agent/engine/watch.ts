import type { Files } from '../system/system.ts'
import type { Engine } from './engine.ts'
import { currentName, dataFolder } from './folders.ts'

/** Somebody who saves a file does so in several steps; milliseconds until all of them are done. */
const settling = 200

/** Wakes the engine when somebody touches its files. What is touched is never forgotten, whatever else happens meanwhile. */
export interface Watch {
  /** Watches the folders that are there now, before it lets go of those it watched before. */
  renew(): void
  close(): void
}

export function watchFiles(engine: Pick<Engine, 'folders' | 'wake'>, files: Pick<Files, 'watch'>): Watch {
  let timer: NodeJS.Timeout | undefined
  let closers: readonly (() => void)[] = []
  const touched = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      engine.wake('files were touched')
    }, settling)
  }
  const closeAll = (list: readonly (() => void)[]): void => list.forEach((close) => close())
  return {
    renew() {
      const before = closers
      closers = [
        ...engine.folders().map((folder) => files.watch(folder, touched)),
        // The ledger lies beside the link and is written all the time.
        files.watch(dataFolder, (name) => name === currentName && touched()),
      ]
      closeAll(before)
    },
    close() {
      clearTimeout(timer)
      closeAll(closers)
      closers = []
    },
  }
}
