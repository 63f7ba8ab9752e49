import type { Primary } from '../../model/accounts.ts'
import type { Wanted } from '../match/wanted.ts'
import { type Belonging, type Catalogue, titleKey } from './catalogue.ts'

/** Is somebody of the files a child of the primary level, by the school's rule? */
export function isPrimary(
  { record: { role } }: Wanted,
  belonging: Belonging | undefined,
  { groups }: Catalogue,
  { years, everybody }: Primary,
): boolean {
  if (role !== 'pupil') return false
  const titles = new Set(years.map((year) => titleKey('year', String(year))))
  return (
    everybody ||
    [...(belonging?.groups.keys() ?? [])].some((key) => {
      const group = groups.get(key)
      return group?.kind === 'year' && titles.has(titleKey('year', group.title))
    })
  )
}
