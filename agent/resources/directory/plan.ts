import type {
  Attributes,
  DirectoryActual,
  DirectoryDesired,
  DirectoryStep,
  Domain,
  Entry,
  ServiceAccount,
} from './schema.ts'

export function plan({ domain }: DirectoryDesired, actual: DirectoryActual): readonly DirectoryStep[] {
  if (domain === undefined) return actual.active ? [{ kind: 'stop' }] : []
  const address = plainAddress(domain)
  if (actual.made === undefined) return [{ kind: 'provision', domain: domain.name, address }]
  // A directory cannot take another name; the check of a new state says so, and this one serves on.
  if (actual.made !== domain.name) return []
  const { found } = actual
  if (!actual.active) return [{ kind: 'start', reason: 'it does not run', address }]
  if (found === undefined) return [{ kind: 'start', reason: 'it does not answer', address }]
  if (!actual.current) return [{ kind: 'start', reason: 'it has another certificate', address }]
  return [
    ...domain.entries.flatMap((entry) => entryStep(entry, found[entry.dn.toLowerCase()])),
    ...(actual.joinable ? [] : [{ kind: 'joiners' as const, domain: domain.name }]),
    ...actual.openZones.map((zone) => ({ kind: 'zone' as const, domain: domain.name, zone })),
    ...(actual.idleAdministrator ? [{ kind: 'administrator' as const, domain: domain.name }] : []),
    ...domain.accounts.flatMap((account) => secretStep(account, found[account.dn.toLowerCase()], actual.secrets)),
  ]
}

/** Without the prefix length. */
export function plainAddress({ address }: Pick<Domain, 'address'>): string {
  return address.split('/')[0] ?? address
}

function entryStep({ dn, initial, kept }: Entry, there: Attributes | undefined): readonly DirectoryStep[] {
  if (there === undefined) return [{ kind: 'add', dn, attributes: { ...initial, ...kept } }]
  const wrong = Object.entries(kept).filter(([name, values]) => !same(values, there[name.toLowerCase()] ?? []))
  return wrong.length === 0 ? [] : [{ kind: 'change', dn, attributes: Object.fromEntries(wrong) }]
}

/** AD keeps case and order of names and values as it likes. */
function same(one: readonly string[], other: readonly string[]): boolean {
  const plain = (values: readonly string[]): string =>
    JSON.stringify(values.map((value) => value.toLowerCase()).toSorted())
  return plain(one) === plain(other)
}

/** Attribute in which an account says which password it has, by a mark that tells nothing about it. */
export const markAttribute = 'adminDescription'
export const markOf = (digest: string): string => `iserv:secret:${digest}`

function secretStep(
  account: ServiceAccount,
  there: Attributes | undefined,
  secrets: DirectoryActual['secrets'],
): readonly DirectoryStep[] {
  const digest = secrets[account.name]
  const right = digest !== undefined && there?.[markAttribute.toLowerCase()]?.[0] === markOf(digest)
  return right ? [] : [{ kind: 'secret', account }]
}

export function describe(step: DirectoryStep): string {
  switch (step.kind) {
    case 'provision':
      return `+ directory ${step.domain}`
    case 'start':
      return `~ domain controller started: ${step.reason}`
    case 'stop':
      return '- domain controller: the school declares none'
    case 'add':
      return `+ ${step.dn}`
    case 'change':
      return `~ ${step.dn}: ${Object.entries(step.attributes)
        .map(([name, values]) => `${name} ${values.join(', ')}`)
        .join('; ')}`
    case 'joiners':
      return '+ right to let declared computers join: school-administrators'
    case 'zone':
      return [
        `- right of everybody to make names in ${step.zone.dn}`,
        ...step.zone.names.map((dn) => `- ${dn}: made by a person or a computer`),
      ].join('\n')
    case 'administrator':
      return '- built-in account Administrator: disabled, nobody uses it'
    case 'secret':
      return `~ account ${step.account.name}: a new password`
  }
}
