import { z } from 'zod'
import { BoxError } from '../../../agent/errors.ts'
import { nearest } from '../../../agent/model/nearest.ts'
import { defineCommand } from '../../command.ts'
import { findLab } from '../../lab/lab.ts'
import { LabName, requireRoot, Words } from './options.ts'

export const labClient = defineCommand({
  description:
    'Opens a shell on one of the devices of a lab, or runs one program there. The programs are those of this machine, the network is that of the device. A device that has no lease yet asks for one first.',
  input: z.strictObject({
    name: LabName,
    client: z.string().meta({ description: 'Name of the device', value: 'CLIENT' }),
    words: Words,
  }),
  positionals: ['client', 'words'],
  output: z.strictObject({ status: z.int().meta({ description: 'Exit status of the shell or program.' }) }),
  examples: [
    { line: 'lab client r214-pc07', tells: 'A shell on that PC.' },
    { line: 'lab client r214-pc07 -- curl http://www.example.org/', tells: 'Is the internet there?' },
  ],
  async run({ name, client: wanted, words }, { system, interactive, warn }) {
    requireRoot('lab client')
    const { clients } = await findLab(name, system)
    const client = clients.find((candidate) => candidate.name === wanted)
    if (client === undefined) throw unknownClient(wanted, clients)
    if (!(await client.leased())) {
      await client.dhcp({ tries: 5 }).catch((error: unknown) => {
        if (!(error instanceof BoxError)) throw error
        warn(error.message)
      })
    }
    const argv = words.length > 0 ? words : ['bash', '--norc']
    return { status: await interactive([...client.enter, ...argv]) }
  },
  present: () => [],
  status: ({ status }) => status,
})

function unknownClient(wanted: string, clients: readonly { readonly name: string }[]): BoxError {
  const names = clients.map(({ name }) => name)
  const near = nearest(wanted, names)
  return new BoxError('DEVICE_UNKNOWN', `The lab has no device "${wanted}"`, {
    hint: near === undefined ? `There are: ${names.join(', ')}` : `Did you mean ${near}?`,
  })
}
