import { z } from 'zod'
import { BoxError, isBoxError } from '../../../agent/errors.ts'
import { type Block, defineCommand } from '../../command.ts'
import { Backup, backupFolder, whenText } from './copies.ts'

const program = '/usr/libexec/iserv/directory-backup'

export const backup = defineCommand({
  description: [
    'Backs the directory up together with the register of people, as of one moment, while everything goes on running. Put the file where the server is not.',
    'Whoever has the file can attack every password of the school: keep it like a bunch of keys.',
  ].join('\n\n'),
  input: z.strictObject({
    file: z.string().exactOptional().meta({ description: 'Where to; absent: on the server, by date', value: 'FILE' }),
  }),
  positionals: ['file'],
  output: Backup.extend({ file: z.string(), size: z.int().meta({ description: 'Bytes.' }) }),
  examples: [
    { line: 'directory backup', tells: 'Now, on the server' },
    { line: 'directory backup /media/usb/directory.tar.zst', tells: 'Onto another disk' },
  ],
  async run({ file }, { box, system, folder, progress, signal }) {
    const server = (await box()).system
    progress.stage('backup', 'directory and register')
    const stamp = new Date(system.clock.now()).toISOString().slice(0, 16).replace('T', '-').replace(':', '')
    const target = file === undefined ? `${backupFolder}/directory-${stamp}.tar.zst` : inFolder(file, folder)
    try {
      const { stdout } = await server.processes.run([program, target], { timeout: 600_000, signal })
      progress.done()
      return Backup.extend({ file: z.string(), size: z.int() }).parse(JSON.parse(stdout))
    } catch (error) {
      if (!isBoxError(error, 'PROCESS_FAILED')) throw error
      throw new BoxError('DIRECTORY_REFUSED', 'The directory could not be backed up', { cause: error })
    }
  },
  present: ({ file, size, domain, at }): readonly Block[] => [
    { kind: 'lines', lines: [{ text: `${domain} is backed up: ${file}`, tone: 'good' }] },
    {
      kind: 'fields',
      fields: [
        ['as of', whenText(at)],
        ['size', `${Math.ceil(size / 1_000_000)} MB`],
      ],
    },
  ],
})

const inFolder = (path: string, folder: string): string => (path.startsWith('/') ? path : `${folder}/${path}`)
