import { z } from 'zod'

/** Which generation a command is about; without it the one that the command's description names. */
export const GenerationNumber = z
  .int()
  .positive()
  .optional()
  .meta({ description: 'Number as in "iserv-ctl state history".', value: 'N' })
