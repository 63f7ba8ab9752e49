import type { Ledger } from '../../engine/ledger.ts'
import type { ImportRecord } from '../../engine/tables/imports.ts'
import { BoxError } from '../../errors.ts'
import type { Person, PersonId } from '../../model/person.ts'
import type { System } from '../../system/system.ts'
import { type Before, concerned } from './enter.ts'

/** Names of people in a message. */
const named = 3

/**
 * What to put back, if the last import may be taken back: nobody has changed anything of it since, and nobody concerned has
 * signed in since, for they have seen their new class and may have put files there.
 * @throws `IMPORT_NONE`, `UNDO_LATE`
 */
export async function refuseToUndo(
  record: ImportRecord | undefined,
  { system, ledger }: { readonly system: Pick<System, 'directory'>; readonly ledger: Ledger },
): Promise<Before> {
  if (record === undefined) throw new BoxError('IMPORT_NONE', 'There was no import on this box')
  if (record.before === null) throw new BoxError('UNDO_LATE', `${about(record)} was taken back already`)
  // Written down by whoever carried it out.
  const before = JSON.parse(record.before) as Before
  refuseOverwriting(before, record, ledger)
  const people = [...concerned(before)].flatMap((id) => ledger.people.byId(id) ?? [])
  const present = await signedInSince(people, record.at, system)
  if (present.length > 0) throw late(record, `${some(present)} signed in since`)
  return before
}

/** @throws `UNDO_LATE` when taking an import back would undo what somebody has done since, or is in its way. */
export function refuseOverwriting(before: Before, record: ImportRecord, ledger: Ledger): void {
  const touched = changedSince(before, record.revision, ledger)
  if (touched.length > 0) throw late(record, `${some(touched)} changed since`)
  const taken = takenSince(before, ledger)
  if (taken.length > 0) throw late(record, `${some(taken)} now belongs to somebody else`)
}

const about = ({ number, source }: ImportRecord): string => `Import ${number} from ${source}`

function late(record: ImportRecord, why: string): BoxError {
  return new BoxError('UNDO_LATE', `${about(record)} can no longer be taken back: ${why}`, {
    hint: 'Put right what is wrong with the account and group commands, or import corrected files.',
  })
}

function changedSince(before: Before, revision: number, { people, groups }: Ledger): readonly string[] {
  const ids = new Set<PersonId>([...before.people.map(({ id }) => id), ...before.added.people])
  return [
    ...[...ids].flatMap((id) => {
      const person = people.byId(id)
      return person !== undefined && person.revision > revision ? [person.login] : []
    }),
    ...[...before.groups.map(({ id }) => id), ...before.added.groups].flatMap((id) => {
      const group = groups.byId(id)
      return group !== undefined && group.revision > revision ? [group.name] : []
    }),
  ]
}

/** Mail addresses and names of groups that were free with the import, and are no longer. */
function takenSince({ people: before, groups: named, added }: Before, { people, groups }: Ledger): readonly string[] {
  const giving = new Set<string>([...before, ...named].map(({ id }) => id).concat(added.people, added.groups))
  const taken = (owner: { readonly id: string } | undefined): boolean => owner !== undefined && !giving.has(owner.id)
  return [
    ...before.flatMap(({ mail }) => (mail !== null && taken(people.byMail(mail)) ? [mail] : [])),
    ...named.flatMap(({ name, ended }) =>
      ended === null && (taken(groups.byName(name)) || taken(people.byLogin(name))) ? [name] : [],
    ),
  ]
}

/** Between 1601, when Windows' clock begins, and 1970, in milliseconds. */
const windowsEpoch = 11_644_473_600_000

/**
 * Samba writes the first at computers and with Kerberos only, the second also over the network (shares with a password, the
 * wireless network): at the first time ever, then once in nine to fourteen days.
 */
const logons = ['lastLogon', 'lastLogonTimestamp'] as const

async function signedInSince(
  people: readonly Person[],
  since: number,
  { directory }: Pick<System, 'directory'>,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const { sid, login } of people) {
    if (sid === null) continue
    const [entry] = await directory.search({
      base: `<SID=${sid}>`,
      scope: 'base',
      filter: '(objectClass=user)',
      attributes: [...logons],
    })
    // In units of 100 ns.
    const last = Math.max(...logons.map((name) => Number(entry?.attributes[name]?.[0] ?? 0)))
    if (last / 10_000 - windowsEpoch >= since) found.push(login)
  }
  return found
}

function some(names: readonly string[]): string {
  const rest = names.length - named
  return rest > 0 ? `${names.slice(0, named).join(', ')} and ${rest} more` : names.join(', ')
}
