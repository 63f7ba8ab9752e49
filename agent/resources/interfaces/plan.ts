import { verdict } from './judge.ts'
import type { Actual, ActualLink, Desired, Link, Step } from './schema.ts'

/** Links that are as declared appear in no step: nobody loses a connection because another network changed. */
export function plan({ links }: Desired, actual: Actual): readonly Step[] {
  const there = new Map(actual.links.map((link) => [link.name, link]))
  const declared = new Set(links.map(({ name }) => name))
  const judged = links.map((link) => ({ link, verdict: verdict(link, there) }))
  const foreign = actual.links.filter(({ name }) => !declared.has(name))
  const leftOver = foreign.filter((link) => isMadeByUs(link))
  const removed = [
    ...leftOver.map(({ name }) => name),
    ...judged.flatMap((one) => (one.verdict.kind === 'impostor' ? [one.link.name] : [])),
  ]
  const toLoad = judged.filter((one) => ['missing', 'impostor', 'unread'].includes(one.verdict.kind))
  // systemd-networkd still leads them by files that are gone.
  const forgotten = foreign.filter((link) => link.file !== undefined && !leftOver.includes(link))
  const changes = [
    ...toLoad.map((one) => (one.verdict.kind === 'unread' ? `~ link ${one.link.name}` : `+ ${made(one.link)}`)),
    ...forgotten.map(({ name }) => `- link ${name}`),
  ]
  return [
    ...removed.map((link) => ({ kind: 'remove' as const, link })),
    ...(changes.length === 0 ? [] : [{ kind: 'reload' as const, changes, links: toLoad.map(({ link }) => link) }]),
    ...foreign
      .filter((link) => link.ours && !isMadeByUs(link))
      .map(({ name }) => ({ kind: 'release' as const, link: name })),
    ...judged.flatMap(({ link, verdict: found }) =>
      found.kind === 'broken' ? [{ kind: 'reconfigure' as const, link, why: found.why }] : [],
    ),
    ...(actual.forwarding ? [] : [{ kind: 'forward' as const }]),
  ]
}

function isMadeByUs({ kind, ours }: ActualLink): boolean {
  return ours && (kind === 'bridge' || kind === 'vlan')
}

function made({ name, netdev }: Link): string {
  return `${netdev?.kind === 'vlan' ? 'VLAN' : 'bridge'} ${name}`
}

export function describe(step: Step): string {
  switch (step.kind) {
    case 'remove':
      return `- ${step.link}`
    case 'reload':
      return step.changes.join('\n')
    case 'release':
      return `- port ${step.link}`
    case 'reconfigure':
      return `~ link ${step.link.name}: ${step.why}`
    case 'forward':
      return '~ routing between networks'
  }
}
