import { BoxError, isBoxError } from '../errors.ts'
import type { Processes, Units } from './system.ts'

/** systemd units by systemctl. */
export function unitsBy(processes: Processes): Units {
  const act = async (verb: string, name: string): Promise<void> => {
    try {
      await processes.run(['systemctl', '--no-ask-password', verb, name], { timeout: 120_000 })
    } catch (error) {
      if (!isBoxError(error, 'PROCESS_FAILED')) throw error
      throw new BoxError('UNIT_FAILED', `systemd could not ${verb} ${name}`, {
        cause: error,
        hint: `journalctl -u ${name} -n 30 tells why.`,
      })
    }
  }
  return {
    async status(name) {
      const { stdout } = await processes.run([
        'systemctl',
        'show',
        '--property=ActiveState,SubState,NRestarts',
        '--',
        name,
      ])
      const facts = new Map(stdout.split('\n').map((line) => splitOnce(line)))
      return {
        name,
        active: facts.get('ActiveState') ?? 'unknown',
        sub: facts.get('SubState') ?? 'unknown',
        restarts: Number(facts.get('NRestarts') ?? 0),
      }
    },
    start: (name) => act('start', name),
    stop: (name) => act('stop', name),
    restart: (name) => act('restart', name),
    reload: (name) => act('reload', name),
  }
}

function splitOnce(line: string): readonly [string, string] {
  const at = line.indexOf('=')
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
}
