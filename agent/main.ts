import { join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import { keepFolders } from './accounts/folders/keep.ts'
import { createClockWatch } from './accounts/job/clock-watch.ts'
import { createImports } from './accounts/job/imports.ts'
import { keepLeavers } from './accounts/job/leaving.ts'
import { createRegistrar } from './accounts/registrar.ts'
import { createEngine } from './engine/engine.ts'
import { dataFolder } from './engine/folders.ts'
import { openLedger } from './engine/ledger.ts'
import { keepReconciling } from './engine/loop.ts'
import { steadyClock } from './engine/steady-clock.ts'
import { watchGuessing } from './guessing/watch.ts'
import { readState } from './model/read.ts'
import { resources } from './resources/index.ts'
import { activated } from './sockets/activated.ts'
import { handlers } from './sockets/handlers/index.ts'
import { serveSocket } from './sockets/server.ts'
import { localSystem } from './system/local.ts'

/** The agent of a school server: ledger, engine, sockets, then one look after the other until systemd says stop. */

const stop = new AbortController()
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort())

const local = localSystem()
const { version } = manifest

const { ledger, damaged } = openLedger(join(dataFolder, 'ledger.sqlite'), local.clock.now())
const system = { ...local, clock: steadyClock(local, ledger) }
if (damaged !== undefined) {
  const lost = 'people and groups, room locks and history before this are lost; a backup brings the people back'
  const words = `The ledger was damaged and now lies in ${damaged}; ${lost}`
  system.journal.write('error', words, { code: 'LEDGER_DAMAGED' })
}

const engine = await createEngine({ system, ledger, resources, parse: readState })

const registrar = createRegistrar({ system, ledger, engine })
const watch = createClockWatch({ system, ledger })
const imports = createImports({ system, ledger, engine, registrar, watch })

const deps = { system, ledger, engine, registrar, imports, watch, version }
const sockets = await Promise.all(
  activated(process.env).map(({ fd, audience }) => serveSocket({ at: { fd }, audience, handlers, deps })),
)

system.journal.write('info', `Agent ${version} is ready`, { sockets: sockets.length, resources: resources.length })
await Promise.all([
  keepReconciling(engine, system, stop.signal),
  registrar.tend(stop.signal),
  imports.tend(stop.signal),
  keepLeavers(deps, stop.signal),
  keepFolders(deps, stop.signal),
  watchGuessing(system, stop.signal),
])

await Promise.all(sockets.map((socket) => socket.close()))
ledger.close()
