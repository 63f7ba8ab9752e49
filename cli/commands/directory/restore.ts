import { z } from 'zod'
import { boxReconcile, boxStatus } from '../../../agent/contract/box.ts'
import { BoxError, isBoxError } from '../../../agent/errors.ts'
import type { Argv, RunResult, System } from '../../../agent/system/system.ts'
import { type Block, defineCommand } from '../../command.ts'
import { dayAndTime } from '../moment.ts'
import { Backup } from './copies.ts'

const program = '/usr/libexec/iserv/directory-restore'
const unit = 'iserv-directory-restore.service'
/** There from the moment of no return until all is done (directory-restore). */
const begun = '/var/lib/samba.restoring'

/** Whose directory is in place. The program writes the moment of the backup into it. */
const made = '/var/lib/samba/provisioned.json'
const Made = z.object({ restored: z.int().optional() })

const Held = Backup.extend({ people: z.int(), peopleNow: z.int() })

export const restore = defineCommand({
  description: [
    'Makes the accounts of a backup those that count: directory and register together, as they were at one moment. Nothing else is restored: files of people stay as they are. Who came later comes back with the next import, with the same numbers and files.',
    'Without --yes it only tells what the backup holds. Nobody can sign in for about ten seconds. What has begun is finished, even when this command ends or the power fails.',
    'Refused: a backup that is damaged, of another domain or of a newer server; while an import runs or a state is on trial.',
  ].join('\n\n'),
  input: z.strictObject({
    file: z.string().meta({ description: 'The backup', value: 'FILE' }),
    yes: z.boolean().default(false).meta({ description: 'Do it' }),
  }),
  positionals: ['file'],
  output: Held.extend({ restored: z.boolean() }),
  examples: [
    { line: 'directory restore directory.tar.zst', tells: 'What is in it?' },
    { line: 'directory restore directory.tar.zst --yes', tells: 'Take it' },
  ],
  async run({ file, yes }, { agent, box, folder, progress, signal }) {
    const server = (await box()).system
    const { trial } = await agent.call(boxStatus, {})
    if (trial !== null) {
      throw new BoxError('STATE_TRY_PENDING', 'A state is on trial', { hint: 'iserv-ctl state confirm, or rollback.' })
    }
    const path = file.startsWith('/') ? file : `${folder}/${file}`
    progress.stage('check', 'the backup')
    const { stdout } = await asked([program, yes ? 'prepare' : 'check', path], server, signal)
    const held = Held.parse(JSON.parse(stdout))
    progress.done()
    if (!yes) return { ...held, restored: false }
    progress.stage('exchange', 'directory and register')
    await exchange(server, held.at, signal)
    progress.done()
    // Until then people cannot sign in: whoever ordered the restore learns it when they can.
    progress.stage('start', 'every service')
    await agent.call(boxReconcile, {})
    progress.done()
    return { ...held, restored: true }
  },
  present: ({ domain, at, people, peopleNow, restored }): readonly Block[] => [
    {
      kind: 'lines',
      lines: [
        restored
          ? { text: `${domain} is as it was on ${dayAndTime(at)}.`, tone: 'good' }
          : `The backup holds ${domain} as of ${dayAndTime(at)}; --yes puts it in place.`,
      ],
    },
    {
      kind: 'fields',
      fields: [
        ['people in the backup', String(people)],
        [restored ? 'people before' : 'people now', String(peopleNow)],
      ],
    },
  ],
})

/** @throws `BACKUP_REFUSED` with the program's own sentence. */
async function asked(argv: Argv, { processes }: System, signal: AbortSignal): Promise<RunResult> {
  try {
    return await processes.run(argv, { timeout: 600_000, signal })
  } catch (error) {
    if (!isBoxError(error, 'PROCESS_FAILED')) throw error
    const words = error.message.replace(/^.*ended with status \d+: /s, '')
    throw new BoxError('BACKUP_REFUSED', words, { hint: 'Nothing was changed.' })
  }
}

/** The unit stops and starts whoever uses the directory: it needs nobody who waits for it. */
async function exchange({ processes, files }: System, at: number, signal: AbortSignal): Promise<void> {
  const failure = await processes.run(['systemctl', 'start', unit], { timeout: 1_200_000, signal }).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (signal.aborted) {
    throw new BoxError('INTERRUPTED', 'Interrupted', {
      cause: failure,
      hint: 'The restore goes on without this command: iserv-ctl directory status tells whether it is done.',
    })
  }
  if (failure !== undefined && !isBoxError(failure, 'PROCESS_FAILED')) throw failure
  const { restored } = Made.parse(JSON.parse((await files.read(made)) ?? '{}'))
  const halfWay = (await files.stat(begun)) !== undefined
  const words = judge({ failed: failure !== undefined, halfWay, inPlace: restored === at })
  if (words !== undefined) throw new BoxError('UNIT_FAILED', words.message, { cause: failure, hint: words.hint })
}

const journal = `journalctl -u ${unit} -n 30 tells why`

/** What came of an exchange, if it is not what was ordered. */
export function judge({
  failed,
  halfWay,
  inPlace,
}: {
  /** The unit failed. */
  readonly failed: boolean
  readonly halfWay: boolean
  /** The directory that is there now is the one of this backup. */
  readonly inPlace: boolean
}): { readonly message: string; readonly hint: string } | undefined {
  if (halfWay) {
    const hint = `Nobody can sign in until it is done. ${journal}; then: systemctl start ${unit}`
    return { message: 'The restore stopped half way', hint }
  }
  if (!failed && inPlace) return undefined
  if (inPlace) return { message: 'The backup is in place, but not all that belongs to it', hint: `${journal}.` }
  if (failed) return { message: 'Nothing was changed', hint: `${journal}.` }
  return {
    message: 'This backup is not in place: another restore came in between',
    hint: 'iserv-ctl directory status tells what is there now.',
  }
}
