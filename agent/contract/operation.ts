import type { z } from 'zod'

/** Who may call an operation: root over `agent.sock`, or also the platform over the narrow `platform.sock`. */
export type Audience = 'root' | 'platform'

/** One thing the agent can be asked, as data: the server, the client and the docs are made from it. */
export interface Operation<Request extends z.ZodType, Response extends z.ZodType> {
  /** `room.lock`: the path on the socket is `/v1/room.lock`, the method POST, both bodies JSON. */
  readonly name: string
  readonly audience: readonly Audience[]
  readonly summary: string
  readonly request: Request
  readonly response: Response
  /** Bytes of a request, where it may be larger than others. */
  readonly largest?: number
}

/** The largest lists of people that are read (16 MiB and 50,000 people), and their plans. */
export const wholeSchool = 64 * 1024 * 1024

export function defineOperation<Request extends z.ZodType, Response extends z.ZodType>(
  operation: Operation<Request, Response>,
): Operation<Request, Response> {
  return operation
}
