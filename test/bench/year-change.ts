import { randomUUID } from 'node:crypto'
import { groupEntry, personEntry } from '../../agent/accounts/bulk/entry.ts'
import type { ImportPlan } from '../../agent/model/import-plan.ts'
import { GroupName } from '../../agent/model/group.ts'
import type { Person } from '../../agent/model/person.ts'
import { passwordValue } from '../support/directory-people.ts'
import { type ImportBench, withImportBench } from '../support/import-bench.ts'
import { readingsOf } from '../support/people-readings.ts'
import { generatedPeople, nextYear } from '../support/people.ts'
import { someGroup, somebody } from '../support/register.ts'
import type { Bounds } from '../support/bench.ts'

/** Of each kind of write, to tell how long one takes. */
const tried = 30

export const bounds: Bounds = { unit: 's', must: { ratio: 1.3 }, aim: { ratio: 1.1 } }

/**
 * A new school year of 2,000 people: 60 classes renamed, 250 people leave, 250 come. The limit, which is also what we are
 * compared with, is the same writes as raw LDAP requests one after another.
 */
export async function bench() {
  return withImportBench(async (bench) => {
    const thisYear = generatedPeople()
    await bench.carryOut(bench.plan(readingsOf(thisYear)))
    const { school } = nextYear(thisYear)
    const plan = bench.plan(readingsOf(school, { successors: thisYear }), {
      allowedLeaving: 300,
      answers: { lines: new Map(), exact: false, renames: { titles: new Map(), others: 'take' } },
    })
    const limit = await rawWrites(bench, plan)
    const ours = await bench.carryOut(plan)
    return { ours, peer: limit, limit }
  })
}

async function rawWrites({ box }: ImportBench, plan: ImportPlan): Promise<number> {
  const { directory } = box.system
  const { domain } = box.school.school
  const timed = async (act: (n: number) => Promise<void>): Promise<number> => {
    const begin = performance.now()
    for (let n = 0; n < tried; n += 1) await act(n)
    return (performance.now() - begin) / 1000 / tried
  }
  const present = (attributes: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(attributes).filter(([, values]) => values.length > 0))
  const person = (n: number) => personEntry({ ...somebody(`raw.${n}`, 900_000 + n), revision: 1 } as Person, domain)
  const group = (name: string, n: number) =>
    groupEntry({ ...someGroup(name, 60_000 + n), name: GroupName.parse(name), revision: 1 }, domain)
  const add = await timed(async (n) => {
    const { dn, attributes } = person(n)
    await directory.add(dn, { ...present(attributes), unicodePwd: [passwordValue(`Anfang-${randomUUID()}`)] })
  })
  const addGroup = await timed(async (n) => {
    const { dn, attributes } = group(`raw-${n}`, n)
    await directory.add(dn, present(attributes))
  })
  const ended = new Set(plan.groups.flatMap((one) => (one.kind === 'ended' ? [one.id] : [])))
  // All who come and go in one group are one write; with a group that ends they go by themselves.
  const changes = plan.memberships.filter((one) => !ended.has(one.group))
  const changedGroups = new Set(changes.map((one) => one.group)).size
  const each = Math.min(tried, Math.ceil(changes.length / changedGroups))
  const members = await timed((n) => {
    const values = Array.from({ length: each }, (_, index) => person((n + index) % tried).dn)
    return directory.modify(group(`raw-${n}`, n).dn, [{ kind: 'add', attribute: 'member', values }])
  })
  const change = await timed((n) =>
    directory.modify(person(n).dn, [{ kind: 'replace', attribute: 'sn', values: [`Neubert-${n}`] }]),
  )
  const rename = await timed(async (n) => {
    const now = group(`new-${n}`, n)
    const names = ['sAMAccountName', 'displayName'].map((attribute) => ({
      kind: 'replace' as const,
      attribute,
      values: now.attributes[attribute] ?? [],
    }))
    await directory.modify(group(`raw-${n}`, n).dn, names)
    await directory.rename(group(`raw-${n}`, n).dn, now.dn)
  })
  const remove = await timed((n) => directory.remove(group(`new-${n}`, n).dn))
  const people = (kind: string): number => plan.people.filter((one) => one.kind === kind).length
  const groups = (kind: string): number => plan.groups.filter((one) => one.kind === kind).length
  const writes: readonly (readonly [what: string, count: number, seconds: number])[] = [
    ['new people', people('new'), add],
    ['changed people', people('changed'), change],
    ['new groups', groups('new'), addGroup],
    ['renamed groups', groups('renamed'), rename],
    ['ended groups', groups('ended'), remove],
    // Everybody who is new joins the group of a role: pupils or teachers.
    [`groups with ${each} others`, changedGroups + 2, members],
  ]
  for (const [what, count, seconds] of writes) console.error(`${count} ${what}, ${ms(seconds)} each`)
  return writes.reduce((sum, [, count, seconds]) => sum + count * seconds, 0)
}

const ms = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`
