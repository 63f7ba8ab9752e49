import type { SchoolState } from '../../model/state.ts'
import type { SshDesired } from './schema.ts'

export function derive({ state }: { readonly state: SchoolState }): SshDesired {
  return { language: state.school.language, keys: state.administration.keys }
}
