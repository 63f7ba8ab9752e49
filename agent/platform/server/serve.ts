import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Agent } from '../../contract/agent.ts'
import { pageShow } from '../../contract/page.ts'
import { isBoxError } from '../../errors.ts'
import { notFoundPage, page, waitingPage } from './page.ts'

export interface ServeOptions {
  readonly agent: Agent
  /** A line for the journal. */
  readonly log: (line: string) => void
}

/** nginx, the only one who reaches our socket, says here from where the page is opened. */
const clientHeader = 'x-real-ip'

/** Answers GET / with the page; everything else with 404. */
export function pageServer({ agent, log }: ServeOptions): Server {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    answer(request, agent, log).then(
      ({ status, html }) => send(response, status, html, request.method === 'HEAD'),
      (error: unknown) => {
        log(`the page failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        send(response, 500, waitingPage(), false)
      },
    )
  })
  server.maxConnections = 128
  // Whoever asks and closes his side at once, as the agent does when it tries the page, still gets the answer.
  return Object.assign(server, { httpAllowHalfOpen: true })
}

interface Answer {
  readonly status: number
  readonly html: string
}

async function answer(
  { method, url, headers }: IncomingMessage,
  agent: Agent,
  log: (line: string) => void,
): Promise<Answer> {
  if ((method !== 'GET' && method !== 'HEAD') || url?.split('?')[0] !== '/')
    return { status: 404, html: notFoundPage() }
  try {
    const address = String(headers[clientHeader] ?? '')
    return { status: 200, html: page(await agent.call(pageShow, { address }), Date.now()) }
  } catch (error) {
    if (!isBoxError(error)) throw error
    log(`the page has nothing to show: ${error.message}`)
    return { status: 503, html: waitingPage() }
  }
}

function send(response: ServerResponse, status: number, html: string, headOnly: boolean): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(status === 503 ? { 'retry-after': '10' } : {}),
  })
  response.end(headOnly ? undefined : html)
}
