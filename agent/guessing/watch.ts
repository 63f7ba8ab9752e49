import { setTimeout as pause } from 'node:timers/promises'
import { liveChanges } from '../nftables/transaction.ts'
import type { System } from '../system/system.ts'
import { judge, type Counts } from './judge.ts'
import { addressIn } from './read.ts'

/**
 * Reads what the domain controller writes about wrong passwords (SMB, LDAP, Kerberos), and lets the addresses wait from which
 * too many come. FreeRADIUS and sshd do the same for themselves, by the device's card and by address.
 */

const signInLog = '/var/log/samba/sign-in.json'
/** Milliseconds between two looks. */
const every = 1000

export async function watchGuessing(system: System, signal: AbortSignal): Promise<void> {
  const look = watchLog(system)
  while (!signal.aborted) {
    try {
      await look()
    } catch (error) {
      system.journal.write('error', `Wrong passwords are not counted: ${String(error)}`)
    }
    await pause(every, undefined, { signal }).catch(() => undefined)
  }
}

/** A look reads what has been added since the last one; the first reads nothing, for what was before has been judged before. */
function watchLog({ files, clock, journal, nftables }: System): () => Promise<void> {
  const state = { end: undefined as number | undefined, rest: '', counts: new Map() as Counts }
  return async () => {
    const size = (await files.stat(signInLog))?.size ?? 0
    const before = state.end ?? size
    state.end = size
    if (before === size) return
    // Shorter than before: Samba has begun it anew.
    const lines = `${state.rest}${await files.readFrom(signInLog, before > size ? 0 : before, size)}`.split('\n')
    state.rest = lines.pop() ?? ''
    const now = clock.monotonic()
    const wrong = lines.map(addressIn).filter((source) => source !== undefined)
    const judged = judge(
      state.counts,
      wrong.map((source) => ({ source, at: now })),
      now,
    )
    state.counts = judged.counts
    for (const { source, seconds, tries } of judged.pauses) {
      journal.write('warning', `Sign-ins from ${source} wait: too many wrong passwords`, { tries, seconds })
      await nftables.run(liveChanges('iserv', [{ set: 'guessing', key: source, lasts: seconds }]))
    }
  }
}
