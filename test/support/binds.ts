import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'ldapts'
import { addPerson } from './directory-people.ts'
import type { DirectoryBox } from './directory.ts'

/** Milliseconds between two sign-ins: 1,200 pupils who sit down within five minutes. */
const every = 250

/** People who sign in one after another while something else happens; milliseconds that each of them waited, the shortest first. */
export async function bindsDuring<T>(
  { root, system }: DirectoryBox,
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly waits: readonly number[] }> {
  const logins = Array.from({ length: 20 }, (_, n) => `bind.${n}`)
  for (const login of logins) await addPerson(system.directory, login, `Anmeldung-${login}`, 'teachers')
  // A password is checked and a sign-in is written down here as anywhere; only the encryption of the network is missing.
  const socket = join(root, 'var/lib/samba/private/ldap_priv/ldapi')
  const client = new Client({ url: 'ldap://localhost', createConnection: () => connect({ path: socket }) })
  const waits: number[] = []
  const ended = { yes: false }
  const signingIn = (async () => {
    for (let n = 0; !ended.yes; n += 1) {
      const login = logins[n % logins.length]
      const begin = performance.now()
      await client.bind(`${login}@schule.lan`, `Anmeldung-${login}`)
      waits.push(performance.now() - begin)
      await pause(every)
    }
  })()
  try {
    const result = await act()
    return { result, waits: waits.toSorted((one, other) => one - other) }
  } finally {
    ended.yes = true
    await signingIn
    await client.unbind()
  }
}
