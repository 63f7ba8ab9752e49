import type { SshActual, SshDesired, SshStep } from './schema.ts'

export function plan({ keys }: SshDesired, { active, shown, present }: SshActual): readonly SshStep[] {
  if (keys.length === 0) return active ? [{ kind: 'stop' }] : []
  const reason = ((): string | undefined => {
    if (!active) return 'it does not run'
    if (shown === undefined) return 'it does not answer'
    return shown === present ? undefined : 'it shows another key than that of this box'
  })()
  return reason === undefined ? [] : [{ kind: 'restart', reason }]
}

export function describe(step: SshStep): string {
  return step.kind === 'stop' ? '- sshd: no key is declared' : `~ restart sshd: ${step.reason}`
}
