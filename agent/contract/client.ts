import type { IncomingMessage } from 'node:http'
import { BoxError } from '../errors.ts'
import type { Agent } from './agent.ts'
import { Failure, fromFailure } from './failure.ts'
import { callerHeader, pathPrefix } from './wire.ts'

/**
 * Imported as an ES module, node:http would load everything it offers, WebSockets and all: 45 ms at every command that
 * asks the agent, instead of 5.
 */
const { request: httpRequest } = process.getBuiltinModule('node:http')

export interface ClientOptions {
  readonly socket: string
  /** Name of the user who asks, for the agent's records. */
  readonly by: string
  /** Ends calls that are under way. */
  readonly signal?: AbortSignal
}

/** The agent behind a socket. Connects for each call; a call takes as long as the agent takes. */
export function agentAt({ socket, by, signal }: ClientOptions): Agent {
  return {
    async call(operation, request) {
      const body = JSON.stringify(request)
      const { status, text } = await post(socket, `${pathPrefix}${operation.name}`, body, by, signal)
      if (status === 200) return operation.response.parse(JSON.parse(text))
      const failure = Failure.safeParse(JSON.parse(text))
      if (failure.success) throw fromFailure(failure.data)
      // Whatever the agent did not foresee is a bug there, and shown as one here.
      throw new Error(`the agent failed at ${operation.name}: ${text}`)
    },
  }
}

interface Answer {
  readonly status: number
  readonly text: string
}

function post(socketPath: string, path: string, body: string, by: string, signal?: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      [callerHeader]: by,
    }
    const options = { socketPath, path, method: 'POST', headers, agent: false, ...(signal ? { signal } : {}) }
    const answered = (response: IncomingMessage): void => {
      response.setEncoding('utf8')
      response.toArray().then(
        (parts) => resolve({ status: response.statusCode ?? 0, text: parts.join('') }),
        (cause: unknown) => reject(unreachable(socketPath, cause, signal)),
      )
    }
    httpRequest(options, answered)
      .on('error', (cause) => reject(unreachable(socketPath, cause, signal)))
      .end(body)
  })
}

function unreachable(socket: string, cause: unknown, signal: AbortSignal | undefined): BoxError {
  if (signal?.aborted === true) {
    return new BoxError('INTERRUPTED', 'Interrupted; the agent goes on with what it has begun', {
      cause,
      hint: 'iserv-ctl box status shows what became of it.',
    })
  }
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  if (code === 'EACCES' || code === 'EPERM') {
    return new BoxError('NOT_ROOT', `Only root may ask the agent (${socket})`, { cause, hint: 'Put sudo in front.' })
  }
  if (code === 'ENOENT') {
    return new BoxError('AGENT_UNREACHABLE', `No agent runs on this machine (there is no ${socket})`, {
      cause,
      hint: 'This command is for a school server: iserv-ctl lab start boots one on this machine.',
    })
  }
  return new BoxError('AGENT_UNREACHABLE', `The agent does not answer on ${socket}`, {
    cause,
    hint: 'systemctl status iserv-agent tells why.',
  })
}
