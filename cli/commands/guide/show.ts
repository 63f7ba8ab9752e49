import { z } from 'zod'
import { BoxError } from '../../../agent/errors.ts'
import { nearest } from '../../../agent/model/nearest.ts'
import { defineCommand } from '../../command.ts'
import { readPages } from './pages.ts'

export const guideShow = defineCommand({
  description: 'Prints one page of the guide or the reference, as text.',
  input: z.strictObject({
    page: z.string().meta({ description: 'Name of the page, as guide list has it', value: 'PAGE' }),
  }),
  positionals: ['page'],
  output: z.strictObject({ name: z.string(), title: z.string(), text: z.string() }),
  examples: [
    { line: 'guide show state', tells: 'Every word of the school state.' },
    { line: 'guide show example', tells: 'A small school to begin with, as YAML.' },
  ],
  async run({ page: wanted }, { system }) {
    const pages = await readPages(system.files)
    const page = pages.find(({ name }) => name === wanted)
    if (page !== undefined) return page
    const near = nearest(
      wanted,
      pages.map(({ name }) => name),
    )
    throw new BoxError('FILE_MISSING', `There is no page "${wanted}"`, {
      hint: near === undefined ? 'All pages: iserv-ctl guide list' : `Did you mean ${near}?`,
    })
  },
  present: ({ text }) => [{ kind: 'raw', text }],
})
