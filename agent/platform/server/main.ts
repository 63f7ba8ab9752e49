import { agentAt } from '../../contract/client.ts'
import { platformSocket } from '../../contract/wire.ts'
import { pageServer } from './serve.ts'

/** The page of the box as a process of its own: it may ask the agent's narrow socket and nothing else. */

/** systemd hands the listening socket over as the first descriptor: sd_listen_fds(3). */
const listening = { fd: 3 }

const agent = agentAt({ socket: platformSocket, by: 'page' })
const server = pageServer({ agent, log: (line) => console.error(line) }).listen(listening)

process.on('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
})
