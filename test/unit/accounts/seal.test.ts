import t from 'tap'
import { openSeal } from '../../../agent/accounts/seal.ts'
import { PersonId } from '../../../agent/model/person.ts'
import type { System } from '../../../agent/system/system.ts'

t.test('two who need the first key at once get the same', async (t) => {
  const kept = new Map<string, string>()
  const files = {
    makeFolder: async () => undefined,
    read: async (path: string) => kept.get(path),
    write: async (path: string, text: string) => void kept.set(path, text),
  }
  const system = { files } as unknown as Pick<System, 'files'>
  const [one, other] = await Promise.all([openSeal(system), openSeal(system)])
  const person = PersonId.parse('0b8f0d2e-5a4c-4f0e-9c58-6f2a3d1b7e90')
  t.equal(other.open(one.close('Regenbogen-7', person), person), 'Regenbogen-7')
  t.equal(one.open(other.close('Regenbogen-8', person), person), 'Regenbogen-8')
})
