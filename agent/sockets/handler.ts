import type { z } from 'zod'
import type { Imports } from '../accounts/job/imports.ts'
import type { Registrar } from '../accounts/registrar.ts'
import type { Audience, Operation } from '../contract/operation.ts'
import type { Engine } from '../engine/engine.ts'
import type { Ledger } from '../engine/ledger.ts'
import type { System } from '../system/system.ts'

/** Who asks: the socket tells the audience, the client its user's name for the records. */
export interface Caller {
  readonly audience: Audience
  readonly by: string
}

/** What a handler works with. */
export interface Deps {
  readonly system: System
  readonly ledger: Ledger
  readonly engine: Engine
  readonly registrar: Registrar
  readonly imports: Imports
  /** Of the agent. */
  readonly version: string
  readonly caller: Caller
}

/** An operation and the code that answers it, types closed over. */
export interface Handler {
  readonly operation: Operation<z.ZodType, z.ZodType>
  readonly handle: (request: unknown, deps: Deps) => Promise<unknown>
}

/**
 * Joins an operation to the code that answers it. The handler gets a request that the schema has parsed and returns
 * the response as it travels (JSON). It throws `BoxError` for what it foresees; anything else is a bug of the agent.
 */
export function defineHandler<Request extends z.ZodType, Response extends z.ZodType>(
  operation: Operation<Request, Response>,
  handle: (request: z.output<Request>, deps: Deps) => z.input<Response> | Promise<z.input<Response>>,
): Handler {
  return {
    operation,
    handle: async (request, deps) => handle(request as z.output<Request>, deps),
  }
}
