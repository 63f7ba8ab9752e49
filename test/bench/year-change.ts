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

/** Of each kind of write, to tell how long one takes. */
const tried = 30

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
    return { ours, peer: limit, limit, unit: 's' }
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
  const join = await timed((n) =>
    directory.modify(group(`raw-${n}`, n).dn, [{ kind: 'add', attribute: 'member', values: [person(n).dn] }]),
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
  const count = (kind: string): number =>
    plan.people.filter((one) => one.kind === kind).length + plan.groups.filter((one) => one.kind === kind).length
  const newGroups = plan.groups.filter(({ kind }) => kind === 'new').length
  // Many members of one group are one write, and everybody who is new joins the group of a role.
  const joined = new Set(plan.memberships.map((one) => `${one.kind} ${one.group}`)).size + 2
  const writes = {
    people: count('new') - newGroups,
    newGroups,
    joined,
    renamed: count('renamed'),
    changed: count('changed'),
  }
  const ended = count('ended')
  console.error(
    `a raw add ${ms(add)}, a group ${ms(addGroup)}, a change of members ${ms(join)}, a rename ${ms(rename)}`,
  )
  console.error(`writes: ${JSON.stringify({ ...writes, ended })}`)
  return (
    writes.people * add + (newGroups + ended) * addGroup + (joined + writes.changed) * join + writes.renamed * rename
  )
}

const ms = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`
