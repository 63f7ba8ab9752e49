import { BoxError, isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { kerberosKeys } from './keys.ts'
import { probeWrite } from './probe.ts'
import { answerIn } from './wire.ts'
import type { AddWrite, DirectoryWrite, Written } from './write.ts'

const program = '/usr/libexec/iserv/directory-bulk'

/** Keys that are computed while earlier accounts are being written; Node's pool has four threads. */
const ahead = 8

/** A program that is stuck must end some day; a school of 5,000 needs a minute. */
const longest = 60 * 60_000

/** Whether a version of Samba takes keys that are not its own. */
export interface Trial {
  readonly works: boolean
  readonly why: string
}

export interface FastWay {
  /** Realm of the domain, with which every salt begins: `SCHULE.LAN`. */
  readonly realm: string
  readonly domain: string
  /** What is known of a version of Samba; undefined: it was never tried. */
  readonly known: (samba: string) => Trial | undefined
  readonly learn: (samba: string, trial: Trial) => void
}

/**
 * The fast way: the domain controller's own database, with keys that were derived outside its lock. The first time with a
 * version of Samba an account is made and tried before any other.
 * @returns why it was not gone, with nothing written; undefined when all is done.
 * @throws `PROCESS_FAILED` when the program ended before its work did, and after it had begun.
 */
export async function carryFast(
  { processes }: Pick<System, 'processes'>,
  { realm, domain, known, learn }: FastWay,
  writes: readonly DirectoryWrite[],
  told: (written: readonly Written[]) => void,
): Promise<string | undefined> {
  const hello = Promise.withResolvers<string>()
  const tried = Promise.withResolvers<Trial & { readonly settled: boolean }>()
  const begun: Trial[] = []
  const open = new Set(writes.keys())
  const onLine = (line: string): void => {
    const answer = answerIn(line)
    if (answer === undefined) return
    if ('samba' in answer) return hello.resolve(answer.samba)
    const done = answer.done.flatMap(({ n, sid, error, missing, lacking, works, why = '' }): readonly Written[] => {
      if (n === writes.length) {
        tried.resolve({ works: works ?? false, why: error ?? why, settled: works !== undefined })
      }
      open.delete(n)
      const write = writes[n]
      if (write === undefined) return []
      return [
        {
          write,
          ...(sid === undefined ? {} : { sid }),
          ...(error === undefined ? {} : { error, missing: missing === true }),
          ...(lacking === undefined ? {} : { lacking }),
        },
      ]
    })
    if (done.length > 0) told(done)
  }
  const input = async function* (): AsyncGenerator<string> {
    const samba = await hello.promise
    let found = known(samba)
    if (found === undefined) {
      yield await lineOf(writes.length, { ...probeWrite(domain), op: 'probe' }, realm)
      const { settled, works, why } = await tried.promise
      found = { works, why }
      // Where not even an account of Samba's own making signs in, nothing is known of ours.
      if (settled) learn(samba, found)
    }
    begun.push(found)
    if (found.works) yield* lines(writes, realm)
  }
  try {
    await processes.run([program], { input: input(), onLine, timeout: longest })
  } catch (error) {
    if (begun.length > 0 || !isBoxError(error, 'PROCESS_FAILED', 'TOOL_MISSING')) throw error
    return error.message
  }
  if (begun[0]?.works === false) return begun[0].why
  if (open.size > 0) throw new BoxError('PROCESS_FAILED', `${program} left ${open.size} of ${writes.length} undone`)
  return undefined
}

async function* lines(writes: readonly DirectoryWrite[], realm: string): AsyncGenerator<string> {
  const begun: Promise<string>[] = []
  const begin = (): void => {
    const write = writes[begun.length]
    if (write !== undefined) begun.push(lineOf(begun.length, write, realm))
  }
  for (let n = 0; n < ahead; n += 1) begin()
  for (const n of writes.keys()) {
    yield (await begun[n]) ?? ''
    // What was sent is not kept: it holds a password.
    begun[n] = Promise.resolve('')
    begin()
  }
}

type Sendable = DirectoryWrite | (Omit<AddWrite, 'op'> & { readonly op: 'probe' })

/** One request as it travels. */
async function lineOf(n: number, write: Sendable, realm: string): Promise<string> {
  if (!('password' in write) || write.password === null) return `${JSON.stringify({ n, ...write })}\n`
  const { password, ...rest } = write
  const salt = `${realm}${write.attributes['sAMAccountName']?.[0]}`
  const { aes256, aes128 } = await kerberosKeys(password, salt)
  const keys = { password, salt, aes256: aes256.toString('hex'), aes128: aes128.toString('hex') }
  return `${JSON.stringify({ n, ...rest, keys })}\n`
}
