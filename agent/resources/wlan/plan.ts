import type { WlanActual, WlanDesired, WlanStep } from './schema.ts'

export function plan({ service }: WlanDesired, { active, loaded, present, secrets }: WlanActual): readonly WlanStep[] {
  if (service === undefined) return active ? [{ kind: 'stop' }] : []
  const missing = service.accessPoints.filter(({ name }) => !secrets.includes(name))
  const reason = ((): string | undefined => {
    if (!active) return 'it does not run'
    if (loaded === undefined) return 'it does not answer'
    if (missing.length > 0) return 'there are new secrets'
    return loaded === present ? undefined : 'another configuration is loaded'
  })()
  return [
    ...missing.map(({ name }) => ({ kind: 'make-secret' as const, accessPoint: name })),
    ...(reason === undefined ? [] : [{ kind: 'restart' as const, reason }]),
  ]
}

export function describe(step: WlanStep): string {
  switch (step.kind) {
    case 'make-secret':
      return `+ secret of access point ${step.accessPoint}`
    case 'restart':
      return `~ restart FreeRADIUS: ${step.reason}`
    case 'stop':
      return '- FreeRADIUS: no wireless network is declared'
  }
}
