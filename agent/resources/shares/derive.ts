import { netbiosOf } from '../../model/directory-tree.ts'
import type { Role } from '../../model/person.ts'
import { roleGroupOf } from '../../model/role-groups.ts'
import { homeShare, standingShares } from '../../model/share-names.ts'
import type { SchoolState } from '../../model/state.ts'
import type { Share, SharesDesired } from './schema.ts'
import { wordsIn } from './words.ts'

const files = '/var/srv'

/** Which shares there are, and who sees them. */
export function derive({ state }: { readonly state: SchoolState }): SharesDesired {
  const { language, domain } = state.school
  const base = { language, domain: netbiosOf(domain), address: state.directory?.address }
  return { ...base, shares: state.directory === undefined ? [] : [...standing(language), ...declared(state)] }
}

const groupsOf = (...roles: readonly Role[]): readonly string[] => roles.map((role) => roleGroupOf(role).name)

function standing(language: SharesDesired['language']): readonly Share[] {
  const names = standingShares[language]
  const { bin, comments } = wordsIn(language)
  const inHome = binAt(bin)
  const home: Share = {
    name: homeShare,
    comment: comments.home,
    path: `${files}/homes/%U`,
    groups: groupsOf('pupil', 'teacher', 'staff', 'administrator', 'guest'),
    // What is deleted in the bin itself is gone for good: only so can somebody free his space.
    bin,
  }
  const share = (kind: keyof typeof names, folder: string, ...roles: readonly Role[]): Share => ({
    name: names[kind],
    comment: comments[kind],
    path: `${files}/${folder}`,
    groups: groupsOf(...roles),
    bin: inHome(names[kind]),
  })
  return [
    home,
    share('classes', 'classes', 'pupil', 'teacher'),
    share('courses', 'courses', 'pupil', 'teacher'),
    share('teachers', 'shares/teachers', 'teacher'),
    share('staff', 'shares/staff', 'staff', 'administrator'),
    share('exchange', 'shares/exchange', 'pupil', 'teacher', 'staff', 'administrator'),
    share('templates', 'templates', 'teacher', 'administrator'),
  ]
}

function declared({ school, shares }: SchoolState): readonly Share[] {
  const inHome = binAt(wordsIn(school.language).bin)
  return shares.folders.map(({ name, title, read, write }) => ({
    name: title,
    comment: '',
    path: `${files}/shares/${name}`,
    groups: [...new Set([...read, ...write])],
    bin: inHome(title),
  }))
}

/** Whoever deletes something finds it in his own home, wherever it was: nobody has to be asked to bring it back. */
const binAt =
  (bin: string) =>
  (share: string): string =>
    `${files}/homes/%U/${bin}/${share}`
