import { digestOf } from './render.ts'
import type { WebActual, WebDesired, WebStep } from './schema.ts'

export function plan(desired: WebDesired, { loaded, present }: WebActual): readonly WebStep[] {
  if (loaded === undefined) return [{ kind: 'restart' }]
  const wanted = { configuration: digestOf(desired), certificate: present }
  const reason = ((): string | undefined => {
    if (loaded.configuration !== wanted.configuration) return 'another configuration is loaded'
    return loaded.certificate === present ? undefined : 'the box has another certificate'
  })()
  return reason === undefined ? [] : [{ kind: 'reload', ...wanted, reason }]
}

export function describe(step: WebStep): string {
  return step.kind === 'restart' ? 'restart nginx: it does not answer' : `reload nginx: ${step.reason}`
}
