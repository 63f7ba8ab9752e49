import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { Attribute, Change, Client, ResultCodeError } from 'ldapts'
import { BoxError } from '../errors.ts'
import type { AttributeValue, Directory, DirectoryChange, DirectoryEntry, DirectorySearch } from './system.ts'

/** Where Samba listens for root alone; a session over it is the domain's SYSTEM, with no sign-in. */
const privateSocket = '/var/lib/samba/private/ldap_priv/ldapi'

/** Entries a page: Samba's own limit is 1,000. */
const pageSize = 500

/** LDAP result codes that are an answer: RFC 4511, section 4.1.9. */
const noSuchObject = 32

/** @param root put in front of the socket's path. */
export function ldapUnder(root: string): Directory {
  const held = new Map<'client', Client>()
  const sockets = new Map<'open', Socket>()
  const waiting = new Set<symbol>()
  const writes = { last: Promise.resolve() as Promise<unknown> }
  const client = (): Client => {
    const known = held.get('client')
    if (known !== undefined) return known
    const made = new Client({
      url: 'ldap://localhost',
      timeout: 60_000,
      createConnection: () => {
        const socket = connect({ path: join('/', root, privateSocket) })
        sockets.set('open', socket)
        return socket
      },
    })
    held.set('client', made)
    return made
  }
  const ask = async <T>(what: string, call: (client: Client) => Promise<T>): Promise<T> => {
    const one = Symbol(what)
    waiting.add(one)
    sockets.get('open')?.ref()
    try {
      return await call(client())
    } catch (cause) {
      if (!(cause instanceof ResultCodeError)) held.delete('client')
      throw explained(what, cause)
    } finally {
      waiting.delete(one)
      // A connection on which nobody waits keeps no process from ending.
      if (waiting.size === 0) sockets.get('open')?.unref()
    }
  }
  // One write after another: Samba has one write lock, and whoever waits for it is a sign-in.
  const write = <T>(what: string, call: (client: Client) => Promise<T>): Promise<T> => {
    const turn = writes.last.then(() => ask(what, call))
    writes.last = turn.catch(() => undefined)
    return turn
  }
  return {
    search: (search) => ask(`searching ${search.base}`, (one) => found(one, search)),
    add: (dn, attributes) => write(`adding ${dn}`, (one) => one.add(dn, Object.entries(attributes).map(attributeOf))),
    modify: (dn, changes) => write(`changing ${dn}`, (one) => one.modify(dn, changes.map(changeOf))),
    rename: (dn, to) => write(`renaming ${dn}`, (one) => one.modifyDN(dn, to)),
    remove: (dn) =>
      write(`removing ${dn}`, async (one) => {
        await one.del(dn).catch((error: unknown) => {
          if (!(error instanceof ResultCodeError && error.code === noSuchObject)) throw error
        })
      }),
  }
}

async function found(
  client: Client,
  { base, scope, filter, attributes, binary = [] }: DirectorySearch,
): Promise<readonly DirectoryEntry[]> {
  try {
    const { searchEntries } = await client.search(base, {
      scope,
      filter,
      attributes: [...attributes],
      explicitBufferAttributes: [...binary],
      paged: scope === 'base' ? false : { pageSize },
    })
    return searchEntries.map(({ dn, ...values }) => ({
      dn,
      attributes: Object.fromEntries(
        Object.entries(values)
          .map(([name, value]): [string, readonly AttributeValue[]] => [name, Array.isArray(value) ? value : [value]])
          .filter(([, list]) => list.length > 0),
      ),
    }))
  } catch (error) {
    if (error instanceof ResultCodeError && error.code === noSuchObject) return []
    throw error
  }
}

function attributeOf([type, values]: readonly [string, readonly AttributeValue[]]): Attribute {
  // ldapts takes either texts or bytes for one attribute.
  return values.every((value) => typeof value === 'string')
    ? new Attribute({ type, values: [...values] })
    : new Attribute({ type, values: values.map((value) => Buffer.from(value)) })
}

function changeOf({ kind, attribute, values }: DirectoryChange): Change {
  return new Change({ operation: kind, modification: attributeOf([attribute, values]) })
}

function explained(what: string, cause: unknown): BoxError {
  const words = cause instanceof Error ? cause.message.trim() : String(cause)
  return cause instanceof ResultCodeError
    ? new BoxError('DIRECTORY_REFUSED', `The directory refused ${what}: ${words}`, { cause })
    : new BoxError('DIRECTORY_UNREACHABLE', `The directory does not answer (${words})`, {
        cause,
        hint: 'iserv-ctl box status tells whether it runs.',
      })
}
