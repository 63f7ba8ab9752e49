import { z } from 'zod'
import { BoxError, isBoxError } from '../../../agent/errors.ts'
import { type Block, defineCommand } from '../../command.ts'
import { dayAndTime } from '../moment.ts'
import { Backup, backupFolder } from './copies.ts'

const program = '/usr/libexec/iserv/directory-backup'

export const backup = defineCommand({
  description: [
    'Backs up the accounts: the directory together with the register of people, as of one moment, while everything goes on running. Put the file where the server is not.',
    'This is no backup of the server. Not restored from it: homes, folders of classes and of the school, archive; certificates and the key of the CA; RADIUS secrets of access points; the key that seals first passwords; the school state (iserv-ctl state export).',
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
    const stamp = dayAndTime(system.clock.now()).replace(' ', '-').replace(':', '')
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
    {
      kind: 'lines',
      lines: [
        { text: `The accounts of ${domain} are backed up: ${file}`, tone: 'good' },
        'Not the server: no homes and other folders, no certificates, no secrets, no school state.',
      ],
    },
    {
      kind: 'fields',
      fields: [
        ['as of', dayAndTime(at)],
        ['size', `${Math.ceil(size / 1_000_000)} MB`],
      ],
    },
  ],
})

const inFolder = (path: string, folder: string): string => (path.startsWith('/') ? path : `${folder}/${path}`)
