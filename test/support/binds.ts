import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'ldapts'
import { addPerson } from './directory-people.ts'
import type { DirectoryBox } from './directory.ts'

/** Milliseconds between two sign-ins: a school of 1,200 that sits down within a minute, and samples enough for a 99th part. */
const every = 50

/** One sign-in. */
export interface Bind {
  /** Milliseconds that somebody waited. */
  readonly wait: number
  /** How much of what happens meanwhile was done in this time. */
  readonly passed: number
}

/**
 * People who sign in one after another while something else happens.
 * @param done how much of it is done by now
 */
export async function bindsDuring<T>(
  { root, system }: Pick<DirectoryBox, 'root' | 'system'>,
  act: () => Promise<T>,
  done: () => number = () => 0,
): Promise<{ readonly result: T; readonly binds: readonly Bind[] }> {
  const logins = Array.from({ length: 20 }, (_, n) => `bind.${n}`)
  for (const login of logins) await addPerson(system.directory, login, `Anmeldung-${login}`, 'teachers')
  // A password is checked and a sign-in is written down here as anywhere; only the encryption of the network is missing.
  const socket = join(root, 'var/lib/samba/private/ldap_priv/ldapi')
  const client = new Client({ url: 'ldap://localhost', createConnection: () => connect({ path: socket }) })
  const binds: Bind[] = []
  const ended = { yes: false }
  const signingIn = (async () => {
    for (let n = 0; !ended.yes; n += 1) {
      const login = logins[n % logins.length]
      const [begin, before] = [performance.now(), done()]
      await client.bind(`${login}@schule.lan`, `Anmeldung-${login}`)
      binds.push({ wait: performance.now() - begin, passed: done() - before })
      await pause(every)
    }
  })()
  try {
    return { result: await act(), binds }
  } finally {
    ended.yes = true
    await signingIn
    await client.unbind()
  }
}
