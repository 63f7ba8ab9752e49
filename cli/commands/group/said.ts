import type { Example } from '../../command.ts'

/** The words of a command that several nouns have. */
export interface Said {
  readonly description: string
  readonly examples: readonly [Example, ...Example[]]
}
