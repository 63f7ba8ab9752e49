import { hash } from 'node:crypto'
import { type GroupId, GroupId as GroupIdSchema } from '../../model/group.ts'
import { type PersonId, PersonId as PersonIdSchema } from '../../model/person.ts'

/**
 * Ids of people and groups that are new. They follow from where somebody comes from, so that a register that was restored from a backup gives
 * the people of today's file the ids that the directory already has them under.
 */

/** UUID version 8 (RFC 9562, 5.8): the first bits of SHA-256. */
function uuidOf(text: string): string {
  const digits = hash('sha256', text)
  const variant = ((Number.parseInt(digits.slice(16, 17), 16) & 3) | 8).toString(16)
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-')
}

/**
 * @param words what tells this one from all others
 * @param taken ids that others have; the new one is added
 */
function free(words: readonly string[], taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const id = uuidOf([...words, String(count)].join('\n'))
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

export const newPersonId = (words: readonly string[], taken: Set<string>): PersonId =>
  PersonIdSchema.parse(free(['person', ...words], taken))
export const newGroupId = (words: readonly string[], taken: Set<string>): GroupId =>
  GroupIdSchema.parse(free(['group', ...words], taken))
