import { groupNameFor } from '../../accounts/group-name.ts'
import { isReserved } from '../../accounts/login/reserved.ts'
import { takenNames } from '../../accounts/names-taken.ts'
import { titleKey } from '../../accounts/plan/catalogue.ts'
import { groupLine, groupView, memberships, membersOf, overview, personLine } from '../../accounts/views.ts'
import {
  groupAdd,
  groupEdit,
  groupJoin,
  groupLeave,
  groupList,
  groupRemove,
  groupRename,
  groupRestore,
  groupShow,
  type MadeKind,
} from '../../contract/group.ts'
import { BoxError } from '../../errors.ts'
import { type Group, GroupId, type GroupName } from '../../model/group.ts'
import type { Login, Person } from '../../model/person.ts'
import { type Deps, defineHandler, type Handler } from '../handler.ts'
import { broughtTo, groupCalled, joinable, peopleCalled, schoolOf } from './people.ts'

export const groupHandlers: readonly Handler[] = [
  defineHandler(groupList, ({ kind, ended }, { ledger }) => {
    const { people, groups, memberships: made } = ledger.register.snapshot()
    const members = memberships(people, made)
    const byId = new Map(people.map((person) => [person.id, person]))
    return {
      groups: groups
        .filter((group) => (kind === undefined || group.kind === kind) && (group.ended !== null) === ended)
        .toSorted((a, b) => a.name.localeCompare(b.name, 'de', { numeric: true }))
        .map((group) => groupLine(group, members.get(group.id) ?? [], (id) => byId.get(id))),
    }
  }),

  defineHandler(groupShow, ({ name }, { ledger }) => {
    const group = groupCalled(name, ledger)
    const view = overview(ledger)
    const members = membersOf(group, ledger).flatMap(({ person: id, part }) => {
      const person = ledger.people.byId(id)
      return person === undefined ? [] : [{ ...personLine(person, view), part }]
    })
    const order = (member: (typeof members)[number]): string =>
      `${member.part === 'leader' ? 0 : 1} ${member.surname} ${member.given}`
    return {
      group: groupView(group, ledger),
      members: members.toSorted((a, b) => order(a).localeCompare(order(b), 'de')),
    }
  }),

  defineHandler(groupAdd, async ({ title, kind, name: wanted, leaders, members, dryRun }, deps) => {
    const { ledger, registrar } = deps
    schoolOf(deps)
    const name = freeName(kind, title, wanted, deps)
    const joining = [
      ...peopleCalled(members, ledger).map(({ id }) => ({ person: id, part: 'member' as const })),
      ...peopleCalled(leaders, ledger).map(({ id }) => ({ person: id, part: 'leader' as const })),
    ]
    if (dryRun) return { name, group: null, waiting: null }
    const id = GroupId.parse(crypto.randomUUID())
    const {
      groups: [number = 0],
    } = await registrar.take({ people: [], groups: [id] })
    const group = ledger.transaction(() => {
      // Somebody may have been quicker meanwhile.
      refuseTakenName(name, deps)
      const made = ledger.groups.put({ id, name, title, kind, origin: null, ended: null, number, sid: null })
      ledger.groups.join(joining.map((one) => ({ ...one, group: id, source: null })))
      return made
    })
    return { name, ...(await written(group, deps)) }
  }),

  defineHandler(groupEdit, ({ name, title }, deps) => changed(name, { title }, deps)),

  defineHandler(groupRename, ({ name, title, to }, deps) => {
    const { kind } = madeGroup(name, deps)
    const next = to === name ? name : freeName(kind, title, to, deps, name)
    return changed(name, { title, name: next }, deps)
  }),

  defineHandler(groupRemove, async ({ name, dryRun }, deps) => {
    const group = madeGroup(name, deps)
    if (dryRun) return { group: groupView(group, deps.ledger), waiting: null }
    const ended = deps.ledger.groups.patch(group.id, { ended: deps.system.clock.now() }) ?? group
    return written(ended, deps)
  }),

  defineHandler(groupRestore, async ({ name, dryRun }, deps) => {
    const { ledger } = deps
    schoolOf(deps)
    refuseTakenName(name, deps)
    const [last] = ledger.groups
      .list()
      .filter((group) => group.name === name)
      .toSorted((a, b) => (b.ended ?? 0) - (a.ended ?? 0))
    const group = last ?? groupCalled(name, ledger)
    if (dryRun) return { group: groupView(group, ledger), waiting: null }
    return written(ledger.groups.patch(group.id, { ended: null }) ?? group, deps)
  }),

  defineHandler(groupJoin, ({ name, logins, leader, dryRun }, deps) => {
    const part = leader ? ('leader' as const) : ('member' as const)
    const already = (member: Part | undefined): boolean => member === part
    return moved(name, logins, dryRun, already, deps, (group, people) =>
      deps.ledger.groups.join(people.map(({ id }) => ({ group: group.id, person: id, part, source: null }))),
    )
  }),

  defineHandler(groupLeave, ({ name, logins, dryRun }, deps) =>
    moved(
      name,
      logins,
      dryRun,
      (part) => part === undefined,
      deps,
      (group, people) => deps.ledger.groups.leave(people.map(({ id }) => ({ group: group.id, person: id }))),
    ),
  ),
]

type Part = 'member' | 'leader'

/** A group that a school has made; those of the roles stay as they are. */
function madeGroup(name: GroupName, deps: Deps): Group & { readonly kind: MadeKind } {
  schoolOf(deps)
  const group = groupCalled(name, deps.ledger)
  const { kind } = group
  if (kind !== 'role') return { ...group, kind }
  throw new BoxError('AGENT_REFUSED', `${name} is a group that every school has; it stays as it is`)
}

/**
 * The name asked for, or one by kind and title. A second group of one title is made only by who gives it another name.
 * @param own name of the group that is to be called so: it does not stand in its own way.
 */
function freeName(
  kind: MadeKind,
  title: string,
  wanted: GroupName | undefined,
  deps: Deps,
  own?: GroupName,
): GroupName {
  if (wanted !== undefined) {
    refuseTakenName(wanted, deps)
    return wanted
  }
  const same = deps.ledger.groups
    .list()
    .find((one) => one.kind === kind && one.ended === null && titleKey(kind, one.title) === titleKey(kind, title))
  if (same !== undefined && same.name !== own) {
    throw new BoxError('GROUP_EXISTS', `There is a group ${same.title} of this kind already: ${same.name}`, {
      hint: 'Another one of this title needs a name of its own, as in kurs-bio-nachmittag.',
    })
  }
  const taken = new Set(takenNames(deps.ledger))
  if (own !== undefined) taken.delete(own)
  return groupNameFor(kind, title, deps.engine.state().school.language, taken)
}

function refuseTakenName(name: GroupName, { ledger }: Deps): void {
  const group = ledger.groups.byName(name)
  if (group !== undefined) throw new BoxError('GROUP_EXISTS', `The group ${name} is there already: ${group.title}`)
  if (!isReserved(name) && !takenNames(ledger).has(name)) return
  throw new BoxError('GROUP_EXISTS', `"${name}" is the name of somebody, or one that the server itself uses`, {
    hint: 'People and groups share one list of names in the directory.',
  })
}

async function changed(name: GroupName, fields: Pick<Group, 'title'> & Partial<Pick<Group, 'name'>>, deps: Deps) {
  const group = madeGroup(name, deps)
  const { name: to = name, title } = fields
  if (to === group.name && title === group.title) {
    return { group: groupView(group, deps.ledger), changed: false, waiting: null }
  }
  deps.ledger.groups.rename([{ id: group.id, name: to, title }])
  return { ...(await written(deps.ledger.groups.byId(group.id) ?? group, deps)), changed: true }
}

async function moved(
  name: GroupName,
  logins: readonly Login[],
  dryRun: boolean,
  already: (part: Part | undefined) => boolean,
  deps: Deps,
  act: (group: Group, people: readonly Person[]) => void,
) {
  const { ledger } = deps
  schoolOf(deps)
  const people = peopleCalled(logins, ledger)
  const group = joinable(name, ledger, people)
  const parts = new Map(ledger.groups.members(group.id).map(({ person, part }) => [person, part]))
  const moving = people.filter(({ id }) => !already(parts.get(id)))
  const answer = {
    changed: moving.map(({ login }) => login),
    unchanged: people.filter((person) => !moving.includes(person)).map(({ login }) => login),
  }
  if (dryRun || moving.length === 0) return { ...answer, group: groupView(group, ledger), waiting: null }
  act(group, moving)
  return { ...answer, ...(await written(group, deps)) }
}

async function written(group: Group, deps: Deps) {
  const waiting = await broughtTo(deps, [group.name])
  return { group: groupView(deps.ledger.groups.byId(group.id) ?? group, deps.ledger), waiting }
}
