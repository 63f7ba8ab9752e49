import { type ImportBench, withImportBench } from '../support/import-bench.ts'
import { generatedPeople } from '../support/people.ts'
import { schildPupils, schildTeachers } from '../support/people-files.ts'
import { readFiles } from '../support/people-lines.ts'
import type { Bounds } from '../support/bench.ts'

const rounds = 5

export const bounds: Bounds = { unit: 's', must: { ours: 3 }, aim: { ours: 1 } }

/**
 * The files of 2,000 people once more, from their bytes until "nothing to do". There is nothing to compare with: known
 * programs write everybody again. The limit is reading the files alone.
 */
export async function bench() {
  return withImportBench(async (bench) => {
    const school = generatedPeople()
    const files = [
      { file: 'pupils.csv', bytes: Buffer.from(schildPupils(school)) },
      { file: 'teachers.csv', bytes: Buffer.from(schildTeachers(school)) },
    ]
    const first = await bench.carryOut(bench.plan(await readFiles(files, {})))
    console.error(`the first time: ${first.toFixed(1)} s`)
    const reading = await best(() => readFiles(files, {}))
    const ours = await best(async () => nothing(bench, await readFiles(files, {})))
    return { ours, peer: first, limit: reading }
  })
}

async function nothing(bench: ImportBench, readings: Parameters<ImportBench['plan']>[0]): Promise<void> {
  const plan = bench.plan(readings)
  if (plan.people.length + plan.groups.length + plan.memberships.length > 0) throw new Error('there is something to do')
  await bench.carryOut(plan)
}

async function best(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now()
    await act()
    times.push((performance.now() - begin) / 1000)
  }
  return Math.min(...times)
}
