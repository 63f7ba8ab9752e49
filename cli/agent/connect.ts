import type { Agent } from '../../agent/contract/agent.ts'
import { agentSocket } from '../../agent/contract/wire.ts'

export interface Connection {
  /** Name of the user who asks, for the agent's records. */
  readonly by: string
  readonly signal: AbortSignal
  /** Root folder of the box as this machine sees it; empty where they are the same. */
  readonly root: () => Promise<string>
}

/** The agent. Its client is loaded with the first call: many commands never ask. */
export function connectAgent({ by, signal, root }: Connection): Agent {
  return {
    async call(operation, request) {
      const { agentAt } = await import('../../agent/contract/client.ts')
      return agentAt({ socket: `${await root()}${agentSocket}`, by, signal }).call(operation, request)
    },
  }
}
