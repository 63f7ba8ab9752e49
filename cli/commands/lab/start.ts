import { z } from 'zod'
import { BoxStatus } from '../../../agent/contract/box.ts'
import { BoxError, exitStatus, isBoxError } from '../../../agent/errors.ts'
import { readState } from '../../../agent/model/read.ts'
import type { System } from '../../../agent/system/system.ts'
import { type Context, defineCommand } from '../../command.ts'
import { exampleClients, examplePorts, exampleState, labName } from '../../lab/example.ts'
import { findLab, type Lab, raiseLab } from '../../lab/lab.ts'
import { internet } from '../../lab/provider.ts'
import { agentReady, type Box } from '../../lab/box.ts'
import { applySchool, Visit, visitInternet } from '../../lab/tour.ts'
import { LabName, requireRoot } from './options.ts'
import { sourceOf } from './source.ts'

export const labStart = defineCommand({
  description:
    'Everything from nothing: builds the image if needed, boots the lab, applies the example school to it, switches a PC on and lets it read a page on the internet. Run again, it goes on with the lab that runs and the school that is on it.',
  input: z.strictObject({ name: LabName }),
  positionals: [],
  output: z.strictObject({
    name: z.string(),
    server: z.string().meta({ description: "The server's own page, as devices see it." }),
    visit: Visit,
  }),
  examples: [{ line: 'lab start', tells: 'The same as npm start.' }],
  async run({ name }, context) {
    requireRoot('lab start')
    const { system, progress, signal } = context
    const document = await system.files.read(exampleState)
    if (document === undefined) throw new BoxError('FILE_MISSING', `There is no example school at ${exampleState}`)
    const { state } = readState([{ file: exampleState, text: document }])
    const lab = await runningLab(name, context)
    const size = `${state.networks.length} networks, ${state.rooms.length} rooms, ${state.devices.length} devices`
    progress.stage('school', `${state.school.name}: ${size}`)
    await agentReady(lab.box, system, signal)
    const { generation, school } = await statusOf(lab.box, system)
    // Whoever has changed the school on it keeps that.
    if (generation === null) await applySchool(lab.box, document, system)
    else progress.done(`keeps generation ${generation.number}`)
    const [client] = lab.clients
    if (client === undefined) throw new BoxError('LAB_FAILED', `The lab ${name} has no devices`)
    progress.stage('clients', client.name)
    const visit = await visitInternet(client, signal)
    progress.done(`${client.name} leased ${visit.address}, resolves and reaches the uplink`)
    return { name, server: `http://server.${(school ?? state.school).domain}/`, visit }
  },
  present: ({ name, server, visit: { client } }) => [
    { kind: 'lines', lines: ['A school server is running.'] },
    {
      kind: 'fields',
      fields: [
        [onServer(name, 'box status'), 'what runs, what is wrong'],
        [onServer(name, 'dhcp leases'), 'who has which address'],
        [onServer(name, 'room lock r214 --for 45m'), 'no internet for a room'],
        [ofLab(name, 'client', client), `a shell on a PC there: try curl ${page}, lock the room`],
        [ofLab(name, 'client', `${client} -- curl ${server}`), "the server's own page, as a device sees it"],
        [ofLab(name, 'shell'), 'a shell on the server'],
        [ofLab(name, 'down'), 'all gone'],
      ],
    },
  ],
})

/** A command about this lab, as it is typed in the folder of the project. */
function ofLab(name: string, verb: string, rest = ''): string {
  return ['./iserv-ctl lab', verb, ...(name === labName ? [] : ['--name', name]), rest].join(' ').trimEnd()
}

/** A command for its server. Besides a lab with a name of its own others may run: there it is typed on the server itself. */
function onServer(name: string, command: string): string {
  return name === labName ? `./iserv-ctl ${command}` : ofLab(name, 'shell', `-- iserv-ctl ${command}`)
}

const page = `http://www.${internet.domain}/`

async function statusOf(box: Box, host: System): Promise<z.output<typeof BoxStatus>> {
  const argv = [...box.enter, 'iserv-ctl', 'box', 'status', '--json'] as const
  const { stdout } = await host.processes.run(argv, { accept: [exitStatus.ok, exitStatus.service], timeout: 120_000 })
  return BoxStatus.parse(JSON.parse(stdout))
}

/** The lab that runs already, or a new one. */
async function runningLab(name: string, context: Context): Promise<Lab> {
  const { system, progress, signal } = context
  const found = await findLab(name, system).catch((error: unknown) => {
    if (isBoxError(error, 'LAB_NOT_RUNNING')) return undefined
    throw error
  })
  if (found !== undefined) {
    progress.stage('boot', `the lab ${name}`)
    progress.done('runs already')
    return found
  }
  const source = await sourceOf(false, context)
  const stage = (title: string, detail: string): void => progress.stage(title, detail)
  return raiseLab({ name, source, ports: examplePorts, clients: exampleClients, stage, signal }, system)
}
