import type { z } from 'zod'
import type { Operation } from './operation.ts'

/** The agent as its callers see it. Throws the agent's own `BoxError`, or `AGENT_UNREACHABLE`. */
export interface Agent {
  call<Request extends z.ZodType, Response extends z.ZodType>(
    operation: Operation<Request, Response>,
    request: z.input<Request>,
  ): Promise<z.output<Response>>
}
