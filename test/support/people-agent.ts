import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClockWatch } from '../../agent/accounts/job/clock-watch.ts'
import { createImports, type Imports } from '../../agent/accounts/job/imports.ts'
import { createRegistrar, type Registrar } from '../../agent/accounts/registrar.ts'
import type { Agent } from '../../agent/contract/agent.ts'
import { agentAt } from '../../agent/contract/client.ts'
import type { Engine } from '../../agent/engine/engine.ts'
import type { Ledger } from '../../agent/engine/ledger.ts'
import { handlers } from '../../agent/sockets/handlers/index.ts'
import { serveSocket } from '../../agent/sockets/server.ts'
import { localSystem } from '../../agent/system/local.ts'
import type { System } from '../../agent/system/system.ts'
import { type DirectoryBox, startDirectory } from './directory.ts'
import { startAgent } from './engine.ts'
import { exampleTextWithDirectory } from './school.ts'

/** The agent as far as it keeps people, with both of its sockets, before a real domain controller. */
export interface PeopleAgent {
  readonly box: DirectoryBox
  /** As the administrator asks. */
  readonly root: Agent
  /** As the platform asks. */
  readonly platform: Agent
  /** Of the platform's socket. */
  readonly platformSocket: string
  /** The folder of this machine that is the agent's root: ledger and generations. */
  readonly folder: string
  readonly ledger: Ledger
  readonly engine: Engine
  readonly registrar: Registrar
  readonly imports: Imports
  /** Does the directory let somebody in with this password? */
  readonly signsIn: (login: string, password: string) => Promise<boolean>
}

/** @param wrap puts something between the agent and its world: a directory that dies. */
export async function startPeopleAgent(
  t: Parameters<typeof startDirectory>[0],
  wrap: (system: System) => System = (system) => system,
): Promise<PeopleAgent> {
  const box = await startDirectory(t)
  const system = wrap({ ...box.system, journal: { write: () => undefined } })
  // A socket's path has room for 107 characters, which a folder of tap's would fill.
  const folder = mkdtempSync(join(tmpdir(), 'agent-'))
  // The box's generations are those of its resources, and SQLite takes the box's root for this machine's: both lie here.
  const here = { ...localSystem({ root: folder }), journal: system.journal }
  const { engine, ledger } = await startAgent(folder, here, [])
  const documents = [{ file: 'school.yaml', text: exampleTextWithDirectory() }]
  await engine.apply({ documents, by: 'test', reason: '' })
  const registrar = createRegistrar({ system, ledger, engine })
  const imports = createImports({ system, ledger, engine, registrar, watch: createClockWatch({ system, ledger }) })
  const deps = { system, ledger, engine, registrar, imports, version: '0.0.0' }
  const serve = async (audience: 'root' | 'platform') => {
    const path = join(folder, `${audience}.sock`)
    const socket = await serveSocket({ at: { path }, audience, handlers, deps })
    t.teardown(() => socket.close())
    return path
  }
  const rootSocket = await serve('root')
  const platformSocket = await serve('platform')
  t.teardown(async () => {
    ledger.close()
    rmSync(folder, { recursive: true })
  })
  return {
    box,
    root: agentAt({ socket: rootSocket, by: 'anna' }),
    platform: agentAt({ socket: platformSocket, by: 'platform' }),
    platformSocket,
    folder,
    ledger,
    engine,
    registrar,
    imports,
    async signsIn(login, password) {
      const { status } = await box.system.processes.run(
        [
          'smbclient',
          '//dc1.schule.lan/netlogon',
          '--user',
          `SCHULE\\${login}`,
          '--ip-address',
          '10.20.0.3',
          '--command',
          'ls',
        ],
        { input: `${password}\n`, accept: [0, 1] },
      )
      return status === 0
    },
  }
}
