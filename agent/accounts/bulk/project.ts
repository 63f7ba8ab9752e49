import type { Ledger } from '../../engine/ledger.ts'
import type { Group, GroupId } from '../../model/group.ts'
import type { Person, PersonId } from '../../model/person.ts'
import { passwordRuleOf } from '../../model/directory.ts'
import { primaryPupils, type RoleGroupName, roleGroupOf, roleGroups } from '../../model/role-groups.ts'
import type { SchoolState } from '../../model/state.ts'
import type { System } from '../../system/system.ts'
import { firstPassword } from '../first-password.ts'
import { passwordGroupOf } from '../password.ts'
import { openSeal, type Seal } from '../seal.ts'
import { carry, type CarryDeps } from './carry.ts'
import { groupTasks, memberWrites, personTasks, roleJoins } from './derive.ts'
import type { AddWrite, DirectoryWrite, Written } from './write.ts'

/** Everything that waits at once: a school fits in memory. */
const all = 1_000_000

export interface Refusal {
  /** Login or name of the group. */
  readonly name: string
  readonly why: string
}

export interface Projected {
  /** What was written. */
  readonly people: number
  readonly groups: number
  /** What the directory refused; it stays pending. */
  readonly refused: readonly Refusal[]
}

export interface ProjectDeps {
  readonly system: System
  readonly ledger: Ledger
  readonly state: SchoolState
}

export interface ProjectProgress {
  readonly stage: 'accounts' | 'memberships'
  readonly done: number
  readonly total: number
}

/**
 * Brings the directory after the register: all that is pending there, whether one person or a whole school. Nothing else
 * writes people and groups into the directory. Crash-safe: what is done is noted as each transaction of the directory is
 * on disk, and what was done without being noted is found and adopted the next time.
 * @throws `DIRECTORY_UNREACHABLE`, `DISK_FULL`, `PROCESS_FAILED`; call it again.
 */
export async function project(
  { system, ledger, state }: ProjectDeps,
  progress: (progress: ProjectProgress) => void = () => undefined,
): Promise<Projected> {
  const groups = ledger.groups.pending(all)
  const people = ledger.people.pending(all)
  if (groups.length + people.length === 0) return { people: 0, groups: 0, refused: [] }
  const deps: CarryDeps = { system, ledger, domain: state.school.domain }
  const count = { done: 0, total: groups.length + people.length }
  const step = (): void => progress({ stage: 'accounts', ...count })
  step()
  const refused = new Map<string, string>()

  const seal = people.some(({ sid, state: now }) => sid === null && now !== 'removed')
    ? await openSeal(system)
    : undefined
  const sids = await writeAccounts(
    deps,
    { groups, people },
    refused,
    passwords(ledger, state, system, seal),
    (done) => {
      count.done += done
      step()
    },
  )
  await writeMembers(deps, groups, refused, (done, total) => progress({ stage: 'memberships', done, total }))
  ledger.transaction(() => {
    for (const { id, revision, login, state: now } of people) {
      if (!refused.has(login)) ledger.people.projected(id, revision, now === 'removed' ? null : (sids.get(id) ?? null))
    }
  })
  return {
    people: people.filter(({ login }) => !refused.has(login)).length,
    groups: groups.filter(({ name }) => !refused.has(name)).length,
    refused: [...refused].map(([name, why]) => ({ name, why })),
  }
}

interface Pending {
  readonly groups: readonly Group[]
  readonly people: readonly Person[]
}

/** @returns the SIDs of those people who have one now. */
async function writeAccounts(
  deps: CarryDeps,
  { groups, people }: Pending,
  refused: Map<string, string>,
  password: (person: Person) => Pick<AddWrite, 'password' | 'group'>,
  done: (writes: number) => void,
): Promise<ReadonlyMap<PersonId, string>> {
  const { ledger, domain } = deps
  const roleSid = (id: GroupId): string | null => ledger.groups.byId(id)?.sid ?? null
  const ofGroup = new Map<DirectoryWrite, Group>(groupTasks(groups, domain).map(({ group, write }) => [write, group]))
  await carry(deps, [...ofGroup.keys()], (written) => {
    ledger.transaction(() => {
      for (const { write, sid, error, missing } of written) {
        const group = ofGroup.get(write)
        if (group === undefined) continue
        if (missing === true) ledger.groups.projected(group.id, 0, null)
        if (write.op === 'add') joinAnew(group, ledger)
        if (error !== undefined) refused.set(group.name, error)
        // Not up to date before its members are.
        else ledger.groups.projected(group.id, 0, write.op === 'remove' ? null : (sid ?? group.sid))
      }
    })
    done(written.length)
  })

  // All first passwords are on the disk at once, before any of them is anywhere else.
  const tasks = ledger.transaction(() => personTasks(people, domain, roleSid, password))
  const ofPerson = new Map<DirectoryWrite, Person>(tasks.map(({ person, write }) => [write, person]))
  const sids = new Map<PersonId, string>(people.flatMap(({ id, sid }) => (sid === null ? [] : [[id, sid]])))
  const added: { readonly person: Person; readonly sid: string }[] = []
  await carry(deps, [...ofPerson.keys()], (written) => {
    ledger.transaction(() => {
      for (const { write, sid, error, missing, lacking } of written) {
        const person = ofPerson.get(write)
        if (person === undefined) continue
        // The directory is older than the register: what it has lost is made anew the next time.
        if (missing === true) ledger.people.projected(person.id, 0, null)
        if (lacking !== undefined) forget(lacking, ledger)
        if (error !== undefined) refused.set(person.login, error)
        else if (sid !== undefined) {
          added.push({ person, sid })
          sids.set(person.id, sid)
          // Known from now on, but pending until it is in the group of its role.
          ledger.people.projected(person.id, 0, sid)
          ledger.firstPasswords.settle([person.id])
        }
      }
    })
    done(written.length)
  })
  const joins = roleJoins(added, roleSid)
  await carry(deps, joins, (written) => {
    for (const { error, lacking } of written) {
      if (lacking !== undefined) forget(lacking, ledger)
      if (error !== undefined) for (const { person } of added) refused.set(person.login, error)
    }
  })
  return sids
}

/** A group that is not there under its SID: the next time it is looked for by its name. */
function forget(sid: string, { groups }: Ledger): void {
  for (const { id } of groups.list().filter((group) => group.sid === sid)) groups.projected(id, 0, null)
}

/** A group of everybody of a role that is found or made anew may have lost them: who has an account waits to join it. */
function joinAnew({ id }: Group, { people }: Ledger): void {
  const there = people.list().filter(({ sid, role }) => sid !== null && roleGroupOf(role).id === id)
  for (const { id: person, sid } of there) people.projected(person, 0, sid)
}

async function writeMembers(
  deps: CarryDeps,
  groups: readonly Group[],
  refused: Map<string, string>,
  done: (done: number, total: number) => void,
): Promise<void> {
  const { ledger } = deps
  const now = groups.flatMap(({ id }) => ledger.groups.byId(id) ?? [])
  if (now.length === 0) return
  const people = new Map(ledger.people.list().map(({ id, sid }) => [id, sid]))
  const away = new Set(
    ledger.people.list().flatMap(({ id, sid, state }) => (sid === null && state !== 'removed' ? [id] : [])),
  )
  const incomplete = new Set<GroupId>()
  const writes = memberWrites(
    now,
    (id) => {
      const members = ledger.groups.members(id).map(({ person }) => person)
      // Somebody whom the directory does not have yet: the group waits for them.
      if (members.some((person) => away.has(person))) incomplete.add(id)
      return members
    },
    (id) => people.get(id) ?? null,
  )
  let finished = 0
  const note = (written: readonly Written[]): void => {
    for (const { write, error, lacking } of written) {
      if (lacking !== undefined) forget(lacking, ledger)
      const name = writes.get(write)?.name
      if (error !== undefined && name !== undefined) refused.set(name, error)
    }
    finished += written.length
    done(finished, writes.size)
  }
  await carry(deps, [...writes.keys()], note)
  const revisions = new Map(groups.map(({ id, revision }) => [id, revision]))
  ledger.transaction(() => {
    for (const { id, name, sid } of now) {
      if (!refused.has(name) && !incomplete.has(id)) ledger.groups.projected(id, revisions.get(id) ?? 0, sid)
    }
  })
}

/** The first password that somebody was given, or a new one: sealed before it is anywhere else. */
function passwords(ledger: Ledger, state: SchoolState, system: System, seal: Seal | undefined) {
  const primary = new Set(ledger.groups.members(primaryPupils).map(({ person }) => person))
  const kept = (person: Person, rule: RoleGroupName): string => {
    if (seal === undefined) throw new TypeError('a password without a seal')
    const known = ledger.firstPasswords.get(person.id)
    const opened = known === undefined ? undefined : seal.open(known.sealed, person.id)
    if (opened !== undefined) return opened
    const made = firstPassword(state.directory === undefined ? 8 : passwordRuleOf(state.directory, rule).length)
    ledger.firstPasswords.put(person.id, seal.close(made, person.id), system.clock.now())
    return made
  }
  return (person: Person): Pick<AddWrite, 'password' | 'group'> => {
    const rule = passwordGroupOf({ ...person, primary: primary.has(person.id) })
    const id = roleGroups.find(({ name }) => name === rule)?.id
    const sid = id === undefined ? undefined : ledger.groups.byId(id)?.sid
    return { password: kept(person, rule), ...(typeof sid === 'string' ? { group: sid } : {}) }
  }
}
