import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { BoxError, isBoxError, type Problem } from '../errors.ts'
import { httpStatus, toFailure } from '../contract/failure.ts'
import type { Audience } from '../contract/operation.ts'
import { callerHeader, pathPrefix } from '../contract/wire.ts'
import type { Deps, Handler } from './handler.ts'

export interface SocketOptions {
  /** A socket that systemd has made and handed over, or a path to make one at. */
  readonly at: { readonly fd: number } | { readonly path: string }
  /** Only operations for this audience are answered here. */
  readonly audience: Audience
  readonly handlers: readonly Handler[]
  readonly deps: Omit<Deps, 'caller'>
}

export interface OpenSocket {
  close(): Promise<void>
}

/** A state of 2 MiB, every character escaped, and room for what stands around it. */
const largestBody = 16 * 1024 * 1024

/** Serves HTTP with JSON on one Unix socket; resolves once it listens. */
export async function serveSocket({ at, audience, handlers, deps }: SocketOptions): Promise<OpenSocket> {
  const byPath = new Map(
    handlers
      .filter(({ operation }) => operation.audience.includes(audience))
      .map((handler) => [`${pathPrefix}${handler.operation.name}`, handler]),
  )
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 60_000 })
  server.maxConnections = 256
  server.on('request', (request, response) => {
    answer(request, byPath, audience, deps).then(
      (body) => send(response, 200, body),
      (error: unknown) => sendFailure(response, error, request.url ?? '', deps),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  handlers: ReadonlyMap<string, Handler>,
  audience: Audience,
  deps: Omit<Deps, 'caller'>,
): Promise<unknown> {
  const handler = handlers.get(request.url ?? '')
  if (handler === undefined || request.method !== 'POST') {
    throw new BoxError('AGENT_REFUSED', `The agent does not answer ${request.method} ${request.url} on this socket`, {
      hint: 'Program and agent may be of different versions: iserv-ctl box status shows both.',
    })
  }
  const text = await bodyOf(request, handler.operation.largest ?? largestBody)
  const parsed = handler.operation.request.safeParse(readJson(text))
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }): Problem => ({
      severity: 'error',
      path: path.join('.'),
      message,
    }))
    throw new BoxError('REQUEST_INVALID', `This is no request for ${handler.operation.name}`, { problems })
  }
  return handler.handle(parsed.data, { ...deps, caller: { audience, by: callerOf(request) } })
}

async function bodyOf(request: IncomingMessage, largest: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > largest) throw new BoxError('REQUEST_INVALID', `The request is larger than ${largest} bytes`)
      parts.push(part)
    }
  } catch (cause) {
    // Whoever breaks off or is too slow: their connection is gone, and the agent has no fault.
    if (isBoxError(cause) || request.complete) throw cause
    throw new BoxError('REQUEST_INVALID', `The request ended after ${size} bytes, before it was complete`, { cause })
  }
  return Buffer.concat(parts).toString('utf8')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BoxError('REQUEST_INVALID', 'The request is not JSON', { cause })
  }
}

function callerOf({ headers }: IncomingMessage): string {
  const name = headers[callerHeader]
  return typeof name === 'string' && /^[\w.@-]{1,64}$/.test(name) ? name : 'unknown'
}

function sendFailure(response: ServerResponse, error: unknown, url: string, { system }: Pick<Deps, 'system'>): void {
  if (isBoxError(error)) {
    send(response, httpStatus(error.code), toFailure(error))
    return
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  system.journal.write('error', `A fault of the agent itself while answering ${url}: ${stack}`)
  send(response, 500, { fault: stack })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  // A body that was refused for its size is not read to its end: the connection cannot be used again.
  if (!response.req.complete) response.setHeader('connection', 'close')
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text)
}
