import { currentNumber, generationFolders, readGenerations, removeGeneration, scratch } from './folders.ts'
import type { EnactDeps } from './enact.ts'

/**
 * Brings ledger and folders together after whatever has ended the agent before: a generation that was not decided is
 * refused, folders that nobody knows go. A ledger that was lost is rebuilt from the folders and the link.
 */
export async function recover({ system, ledger, resources }: EnactDeps): Promise<void> {
  const { files, journal } = system
  if (ledger.generations.next() === 1) {
    const found = await readGenerations(files)
    const linked = await currentNumber(files)
    const current = found.find(({ number }) => number === linked) ?? found.at(-1)
    ledger.transaction(() => {
      found.forEach((generation) => ledger.generations.add(generation))
      ledger.generations.makeCurrent(current?.number)
    })
    if (current !== undefined) {
      const words = `The ledger was empty: ${found.length} generations were taken from their folders, ${current.number} is current`
      journal.write('warning', words, { generation: current.number })
    }
  }
  for (const { number, outcome } of ledger.generations.list(1000)) {
    if (outcome === 'prepared')
      ledger.generations.conclude(number, 'refused', 'the agent was ended before it was decided')
  }
  ledger.resources.keepOnly(resources.map(({ name }) => name))
  await removeGeneration(files, scratch)
  for (const number of await generationFolders(files)) {
    const { outcome } = ledger.generations.get(number) ?? {}
    if (outcome !== 'applied' && outcome !== 'reverted') await removeGeneration(files, number)
  }
}
