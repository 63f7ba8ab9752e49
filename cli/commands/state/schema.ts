import { z } from 'zod'
import { fileJsonSchema } from '../../../agent/model/publish.ts'
import { defineCommand } from '../../command.ts'

export const stateSchema = defineCommand({
  description:
    'Prints the JSON Schema of the school state, for editors and other programs.\n' +
    'An editor with a YAML language server checks and completes a file that begins with\n' +
    '  # yaml-language-server: $schema=school-state.schema.json',
  input: z.strictObject({}),
  positionals: [],
  output: z
    .looseObject({ $schema: z.string(), title: z.string() })
    .meta({ description: 'JSON Schema, draft 2020-12.' }),
  examples: [{ line: 'state schema > school-state.schema.json', tells: 'Keep it beside the school state.' }],
  run: async () => z.looseObject({ $schema: z.string(), title: z.string() }).parse(fileJsonSchema()),
  present: (schema) => [{ kind: 'raw', text: `${JSON.stringify(schema, null, 2)}\n` }],
})
