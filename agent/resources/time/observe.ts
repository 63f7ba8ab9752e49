import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import type { Source, TimeActual } from './schema.ts'

/** RFC 5737: an address that no school has. */
const stranger = '192.0.2.1'

/** Asks the running chronyd. Which networks to ask about stands in the file; whether they are served, chronyd says. */
export async function observe(system: System): Promise<TimeActual> {
  const declared = (await system.files.read('/var/lib/iserv/current/time/chrony.conf')) ?? ''
  const networks = [...declared.matchAll(/^allow (\S+)$/gm)].map((match) => match[1] ?? '')
  const hosts = [stranger, ...networks.map((network) => network.split('/')[0] ?? '')]
  const answer = await chronyc(system, ['sources -a', ...hosts.map((host) => `accheck ${host}`)])
  if (answer === undefined) return { running: undefined }
  const [open = false, ...served] = readAccess(answer)
  return {
    running: { sources: readSources(answer), served: networks.filter((_, index) => served[index] === true), open },
  }
}

/**
 * Runs commands of chronyc over its Unix socket.
 * @returns undefined when chronyd does not answer.
 */
export async function chronyc(system: System, commands: readonly string[]): Promise<string | undefined> {
  // chronyc ends with 1 both for a daemon that is silent and for a command that is refused; only words tell.
  const { stdout, stderr } = await system.processes.run(['chronyc', '-n', '-N', '-c', '-m', ...commands], {
    accept: [0, 1],
  })
  if (/^50\d /m.test(stdout) && stdout.includes('Cannot talk to daemon')) return undefined
  if (stderr.trim() !== '') throw new BoxError('SERVICE_REFUSED', `chronyc: ${stderr.trim()}`)
  return stdout
}

/** Lines `^,*,ptbtime1.ptb.de,1,6,377,12,…`: mode, state, name, stratum, poll, reach in octal. */
export function readSources(text: string): readonly Source[] {
  return text
    .split('\n')
    .map((line) => line.split(','))
    .filter(([mode]) => mode === '^')
    .map(([, state, name = '', , , reach]) => ({ name, reached: reach !== '0', selected: state === '*' }))
}

export function readAccess(text: string): readonly boolean[] {
  return [...text.matchAll(/^20[89] Access (allowed|denied)/gm)].map((match) => match[1] === 'allowed')
}
