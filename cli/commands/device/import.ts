import { basename, resolve } from 'node:path'
import { z } from 'zod'
import { DeviceImport, deviceImport } from '../../../agent/contract/device.ts'
import { BoxError, exitStatus } from '../../../agent/errors.ts'
import { NetworkName } from '../../../agent/model/scalars.ts'
import { type Block, type Context, defineCommand } from '../../command.ts'
import { problemBlocks } from '../../problems.ts'
import { appliedBlocks, appliedStatus } from '../state/applied.ts'
import { differences } from './rows.ts'

/** Names shown of a long list; `--json` has all of them. */
const shown = 20

export const importDevices = defineCommand({
  description:
    'Takes devices and their rooms from a file of another program into the state, as one new generation: all of them or,\n' +
    'if anything in the file is wrong, none. Known are devices.csv of linuxmuster.net, import_computer of UCS@school, and\n' +
    'any table whose header names at least a name and a MAC address. Devices the file does not name stay as they are.',
  input: z.strictObject({
    file: z.string().min(1).meta({ description: 'The file; - reads standard input.' }),
    format: z.enum(['auto', 'linuxmuster', 'ucs', 'csv']).default('auto').meta({
      description: 'Kind of file.',
      value: 'KIND',
    }),
    network: NetworkName.exactOptional().meta({
      description: 'Network of rooms that are new; else where their addresses lie.',
      value: 'NETWORK',
    }),
    dryRun: z.boolean().default(false).meta({ description: 'Only show what would be done.' }),
  }),
  positionals: ['file'],
  output: DeviceImport,
  examples: [
    { line: 'device import devices.csv --dry-run', tells: 'What would be done.' },
    { line: 'device import rechner.csv --network school', tells: 'New rooms are in the network school.' },
  ],
  async run({ file, ...rest }, context) {
    const content = (await bytesOf(file, context)).toString('base64')
    return context.agent.call(deviceImport, {
      file: file === '-' ? 'standard input' : basename(file),
      content,
      ...rest,
    })
  },
  present: (result) => [
    { kind: 'lines', lines: [summary(result)] },
    { kind: 'table', rows: counts(result) },
    ...problemBlocks(result.warnings),
    ...outcome(result),
  ],
  status: ({ applied }) => (applied === null ? exitStatus.ok : appliedStatus(applied)),
})

async function bytesOf(file: string, context: Context): Promise<Buffer> {
  if (file === '-') return Buffer.from(await context.stdinBytes())
  const bytes = await context.system.files.readBytes(resolve(context.folder, file))
  if (bytes === undefined) throw new BoxError('FILE_MISSING', `There is no file ${file}`)
  return Buffer.from(bytes)
}

function summary({ file, format, encoding, delimiter, read }: DeviceImport): string {
  const separator = delimiter === '\t' ? 'tabs' : `"${delimiter}"`
  return `Read ${file}: ${format}, ${encoding}, ${separator}, ${read} devices, 0 errors`
}

function counts({
  rooms,
  added,
  changed,
  unchanged,
  untouched,
  ignored,
}: DeviceImport): readonly (readonly string[])[] {
  const rows: readonly (readonly [string, number, string])[] = [
    ['new rooms', rooms.length, some(rooms.map(({ name, network }) => `${name} (${network})`))],
    ['new', added.length, some(added.map(({ name }) => name))],
    [
      'changed',
      changed.length,
      some(
        changed.map(({ before, after }) => `${after.name}: ${differences(before, after)}`),
        '\n',
      ),
    ],
    ['unchanged', unchanged, ''],
    ['not in the file', untouched, 'stay as they are'],
    ['not read', ignored.length, some(ignored)],
  ]
  return rows.filter(([, count]) => count > 0).map(([name, count, detail]) => [name, String(count), detail])
}

function some(names: readonly string[], separator = ', '): string {
  const rest = names.length - shown
  return rest > 1 ? `${names.slice(0, shown).join(separator)} … and ${rest} more` : names.join(separator)
}

function outcome({ applied, dryRun, added, changed }: DeviceImport): readonly Block[] {
  if (applied !== null) return appliedBlocks(applied)
  if (added.length + changed.length === 0)
    return [{ kind: 'lines', lines: ['Nothing to change: the state already says all of it'] }]
  return dryRun ? [{ kind: 'lines', lines: ['Nothing was changed. Without --dry-run it is applied.'] }] : []
}
