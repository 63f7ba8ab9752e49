import { warning } from '../remark.ts'
import type { Check } from './survey.ts'

/** A list that holds nothing blocks nothing, and allows nothing. */
export const filtering: Check = ({ state, isWhole }) =>
  state.filters.lists.flatMap(({ name, domains, file }, index) =>
    domains.length === 0 && file === undefined && isWhole('filters')
      ? [warning(['filters', 'lists', index], `the list ${name} holds no domain`, 'Give "domains" or "file".')]
      : [],
  )
