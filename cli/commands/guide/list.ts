import { z } from 'zod'
import { defineCommand } from '../../command.ts'
import { readPages } from './pages.ts'

export const guideList = defineCommand({
  description:
    'Lists the pages about the server: the administrator guide in German and English, and the reference of the school state, commands, errors, findings and import formats. They lie on every server and need no internet.',
  input: z.strictObject({}),
  positionals: [],
  output: z.strictObject({
    pages: z.array(z.strictObject({ name: z.string(), title: z.string() })).readonly(),
  }),
  examples: [{ line: 'guide list', tells: 'Every page with its title.' }],
  async run(_, { system }) {
    const pages = await readPages(system.files)
    return { pages: pages.map(({ name, title }) => ({ name, title })) }
  },
  present: ({ pages }) => [
    { kind: 'table', head: ['page', 'title'], rows: pages.map(({ name, title }) => [name, title]) },
  ],
})
