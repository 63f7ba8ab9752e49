import { error } from '../remark.ts'
import { foreignShares, homeShare, standingShares } from '../share-names.ts'
import { type Check, repeated } from './survey.ts'

/** Folders on disk that every school has. */
const standingFolders: readonly string[] = ['teachers', 'staff', 'exchange']

/** Each shared folder has a place and a name of its own, beside those that every school has. */
export const shares: Check = ({ state, refer, isWhole }) => {
  const entries = state.shares.folders.map((folder, index) => ({ ...folder, path: ['shares', 'folders', index] }))
  // Their names are in the language of the school.
  const standing = isWhole('school') ? Object.values(standingShares[state.school.language]) : []
  const reserved = [homeShare, ...foreignShares, ...standing]
  const taken = reserved.map((name) => name.toLowerCase())
  return [
    ...repeated(entries, ({ name }) => name).map(([entry, earlier]) =>
      error(
        [...entry.path, 'name'],
        `the name ${entry.name} is already taken (${refer([...earlier.path, 'name'], entry.path)})`,
      ),
    ),
    ...repeated(entries, ({ title }) => title.toLowerCase()).map(([entry, earlier]) =>
      error(
        [...entry.path, 'title'],
        `the title ${entry.title} is already taken (${refer([...earlier.path, 'title'], entry.path)})`,
      ),
    ),
    ...entries
      .filter(({ name }) => standingFolders.includes(name))
      .map(({ name, path }) =>
        error([...path, 'name'], `every school has a folder ${name} already`, 'Choose another.'),
      ),
    ...entries
      .filter(({ title }) => taken.includes(title.toLowerCase()))
      .map(({ title, path }) =>
        error([...path, 'title'], `every server has a share ${title} already`, 'Choose another.'),
      ),
  ]
}
