import { z } from 'zod'
import { defineCommand } from '../../command.ts'
import { examplePorts, exampleClients } from '../../lab/example.ts'
import { raiseLab } from '../../lab/lab.ts'
import { sourceOf } from './source.ts'
import { LabRecord } from '../../lab/record.ts'
import { LabName, requireRoot } from './options.ts'

export const labUp = defineCommand({
  description:
    "Boots a school server with an internet provider and some devices around it, each in a network namespace of its own. Builds the image first if it is not there. A lab whose server was switched off from inside is built anew. The server is as it comes out of the factory: it serves nobody until a school is applied (iserv-ctl lab start does that, too). A virtual machine boots the disk image exactly as a school gets it, to which names of the lab's internet mean nothing: what is there is reached by address.",
  input: z.strictObject({
    name: LabName,
    vm: z.boolean().default(false).meta({ description: 'A virtual machine with UEFI instead of a container' }),
  }),
  positionals: [],
  output: LabRecord,
  examples: [
    { line: 'lab up', tells: 'A school server, its provider, four PCs and a phone.' },
    { line: 'lab up --vm', tells: 'The same, but the disk image in a virtual machine; takes minutes.' },
  ],
  async run({ name, vm }, context) {
    requireRoot('lab up')
    const { system, progress, signal } = context
    const source = await sourceOf(vm, context)
    const stage = (title: string, detail: string): void => progress.stage(title, detail)
    const plan = { name, source, ports: examplePorts, clients: exampleClients, stage, signal }
    const { record } = await raiseLab(plan, system)
    progress.done()
    return record
  },
  present: ({ name, clients }) => [
    { kind: 'lines', lines: [`The lab ${name} runs. Its devices: ${clients.map((client) => client.name).join(', ')}`] },
  ],
})
