import { z } from 'zod'
import { oneAfterAnother } from '../engine/serial.ts'
import type { Ledger } from '../engine/ledger.ts'
import { BoxError } from '../errors.ts'
import type { GroupId } from '../model/group.ts'
import type { PersonId } from '../model/person.ts'
import type { System } from '../system/system.ts'

/**
 * Gives out uidNumbers and gidNumbers. A number is the owner of files, so none is ever given twice, not even after an older
 * backup of the ledger was restored: a mark of the highest ones lies beside the files and outlives the ledger. Whom the
 * restore has made the register forget is written there, too (directory-restore): they get their own number again.
 */

const markFile = '/var/srv/.numbers'

const NumberById = z.record(z.string(), z.int())
const Mark = z.object({
  people: z.int(),
  groups: z.int(),
  had: z.object({ people: NumberById, groups: NumberById }).default({ people: {}, groups: {} }),
})
type Mark = z.infer<typeof Mark>

export interface Numbers {
  readonly people: readonly number[]
  readonly groups: readonly number[]
}

/** Who shall have a number. */
export interface Wanting {
  readonly people: readonly PersonId[]
  readonly groups: readonly GroupId[]
}

/**
 * @returns what takes a number for each, in their order. Numbers are used up even if nobody gets them, because the mark is on
 *   disk before they are told. Throws `FILE_UNREADABLE` for a mark that is none.
 */
export function createNumbers({
  system: { files },
  ledger,
}: {
  readonly system: Pick<System, 'files'>
  readonly ledger: Pick<Ledger, 'people' | 'groups'>
}): (wanting: Wanting) => Promise<Numbers> {
  const serially = oneAfterAnother()
  return (wanting) =>
    serially(async () => {
      const mark = markIn(await files.read(markFile))
      const people = given(wanting.people, {
        last: Math.max(mark?.people ?? 0, ledger.people.highestNumber()),
        had: mark?.had.people,
        holders: ledger.people,
      })
      const groups = given(wanting.groups, {
        last: Math.max(mark?.groups ?? 0, ledger.groups.highestNumber()),
        had: mark?.had.groups,
        holders: ledger.groups,
      })
      if (people.last !== mark?.people || groups.last !== mark.groups) {
        await files.makeFolder('/var/srv')
        const next = { ...mark, people: people.last, groups: groups.last }
        await files.write(markFile, `${JSON.stringify(next)}\n`, 0o600)
      }
      return { people: people.numbers, groups: groups.numbers }
    })
}

interface Stock {
  readonly last: number
  readonly had: Mark['had']['people'] | undefined
  readonly holders: { list(): readonly { readonly number: number }[] }
}

/** A number for each id: its own of before, unless somebody has that; or the next. */
function given(ids: readonly string[], { last, had = {}, holders }: Stock) {
  const own = new Map(Object.entries(had))
  const held = new Set(own.size === 0 ? [] : holders.list().map(({ number }) => number))
  let upTo = last
  const numbers = ids.map((id) => {
    const before = own.get(id)
    return before === undefined || before > last || held.has(before) ? (upTo += 1) : before
  })
  return { numbers, last: upTo }
}

function markIn(text: string | undefined): Mark | undefined {
  if (text === undefined) return undefined
  try {
    return Mark.parse(JSON.parse(text))
  } catch (cause) {
    throw new BoxError('FILE_UNREADABLE', `${markFile} does not say the highest numbers of people and groups`, {
      cause,
      hint: 'It keeps files from getting to somebody else. Put it back from a backup; remove it only if the ledger is the newest.',
    })
  }
}
