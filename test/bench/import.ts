import { personEntry } from '../../agent/accounts/bulk/entry.ts'
import type { Person } from '../../agent/model/person.ts'
import { withImportBench, type ImportBench } from '../support/import-bench.ts'
import { passwordValue } from '../support/directory-people.ts'
import { readingsOf } from '../support/people-readings.ts'
import { generatedPeople } from '../support/people.ts'
import { somebody } from '../support/register.ts'
import { bindsDuring } from '../support/binds.ts'
import type { Bounds } from '../support/bench.ts'

export const bounds: Bounds = { unit: 's', must: { ratio: 1 / 30, overLimit: 1 }, aim: { ratio: 1 / 80, ours: 15 } }

/**
 * 2,000 new people in 80 classes with homes and folders, from the confirmed plan until all of it is done. The peer is what a
 * script would do: samba-tool for each, tried with fifty. The limit is one raw LDAP add with a password after another, tried
 * with two hundred.
 */
export async function bench() {
  return withImportBench(async (bench) => {
    const school = generatedPeople()
    const plan = bench.plan(readingsOf(school))
    const limit = await rawAdds(bench, 200, school.people.length)
    const peer = await sambaTool(bench, 50, { people: school.people.length, groups: school.classes.length })
    const { result: ours, binds } = await bindsDuring(bench.box, () => bench.carryOut(plan))
    const waits = binds.map(({ wait }) => wait).toSorted((one, other) => one - other)
    console.error(
      `sign-ins meanwhile: ${waits.length}, p50 ${at(waits, 0.5)} ms, p99 ${at(waits, 0.99)} ms, longest ${at(waits, 1)} ms`,
    )
    return { ours, peer, limit }
  })
}

function at(sorted: readonly number[], part: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}

async function rawAdds({ box }: ImportBench, tried: number, all: number): Promise<number> {
  const people = Array.from({ length: tried }, (_, n): Person => ({
    ...somebody(`raw.${n}`, 900_000 + n),
    revision: 1,
  }))
  const begin = performance.now()
  for (const person of people) {
    const { dn, attributes } = personEntry(person, box.school.school.domain)
    const present = Object.fromEntries(Object.entries(attributes).filter(([, values]) => values.length > 0))
    await box.system.directory.add(dn, { ...present, unicodePwd: [passwordValue(`Anfang-${person.login}`)] })
  }
  const each = (performance.now() - begin) / 1000 / tried
  console.error(`a raw LDAP add: ${(each * 1000).toFixed(1)} ms`)
  return each * all
}

async function sambaTool(
  { box }: ImportBench,
  tried: number,
  { people, groups }: { readonly people: number; readonly groups: number },
): Promise<number> {
  const run = (...argv: string[]) => box.system.processes.run(['samba-tool', ...argv], { timeout: 60_000 })
  const timed = async (count: number, act: (n: number) => Promise<unknown>): Promise<number> => {
    const begin = performance.now()
    for (let n = 0; n < count; n += 1) await act(n)
    return (performance.now() - begin) / 1000 / count
  }
  const group = await timed(5, (n) => run('group', 'add', `loop-${n}`))
  const user = await timed(tried, (n) =>
    run('user', 'create', `loop.${n}`, `Anfang-loop-${n}`, `--uid-number=${910_000 + n}`),
  )
  const member = await timed(5, (n) => run('group', 'addmembers', `loop-${n}`, `loop.${n}`))
  console.error(`samba-tool: user ${user.toFixed(2)} s, group ${group.toFixed(2)} s, members ${member.toFixed(2)} s`)
  return user * people + (group + member) * groups
}
