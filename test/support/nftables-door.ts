import { isBoxError } from '../../agent/errors.ts'
import { nftablesHere } from '../../agent/system/nftables.ts'
import { processesOf } from '../../agent/system/processes.ts'
import type { Nftables } from '../../agent/system/system.ts'

const tables = '{"nftables":[{"list":{"tables":null}}]}'

/** What a door to nftables makes of good and bad commands. Wants a network without tables, and leaves it so. */
export async function tellOf(door: Nftables) {
  const outcome = async (commands: string) => {
    try {
      await door.run(commands)
      return 'accepted'
    } catch (error) {
      return isBoxError(error) ? error.code : 'a fault'
    }
  }
  const half = await outcome('add table inet one; add rule inet none none accept')
  const afterRefusal = await door.run(tables)
  const generations = [door.generation()]
  await door.run('{"nftables":[{"add":{"table":{"family":"inet","name":"two"}}}]}')
  generations.push(door.generation())
  const listed = await door.run(tables)
  const text = await door.run('list tables')
  generations.push(door.generation())
  const broken = ['{"nftables":[{"frobnicate":{}}]}', '{', 'list table inet none']
  const refusals = [await outcome(broken[0] ?? ''), await outcome(broken[1] ?? ''), await outcome(broken[2] ?? '')]
  await door.run('delete table inet two')
  return { half, afterRefusal, listed, text, refusals, generations }
}

export type Told = Awaited<ReturnType<typeof tellOf>>

/** As a program: the door in process, for the network it is started in. */
if (import.meta.main) console.log(JSON.stringify(await tellOf(nftablesHere(processesOf()))))
