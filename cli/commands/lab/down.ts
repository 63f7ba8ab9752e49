import { z } from 'zod'
import { defineCommand } from '../../command.ts'
import { sweep } from '../../lab/ground.ts'
import { layoutOf } from '../../lab/layout.ts'
import { readRecord } from '../../lab/record.ts'
import { LabName, requireRoot } from './options.ts'

export const labDown = defineCommand({
  description:
    'Takes a lab down: ends its processes and removes its networks and everything its server has written. Also clears away what a lab left behind that died or was never finished. Harmless when there is none.',
  input: z.strictObject({ name: LabName }),
  positionals: [],
  output: z.strictObject({ name: z.string(), found: z.boolean().meta({ description: 'Was there anything?' }) }),
  examples: [{ line: 'lab down', tells: 'Nothing of the lab is left.' }],
  async run({ name }, { system }) {
    requireRoot('lab down')
    const layout = layoutOf(name)
    const found = (await readRecord(layout, system)) !== undefined
    await sweep(layout, system)
    return { name, found }
  },
  present: ({ name, found }) => [
    { kind: 'lines', lines: [found ? `The lab ${name} is gone.` : `There is no lab ${name}.`] },
  ],
})
