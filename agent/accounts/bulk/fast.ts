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

/** What the program ends with when the disk takes nothing more: no write is to blame, and no other way would do better. */
const nothingTaken = 75

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

/** How far the fast way went. */
export interface Outcome {
  /** What is still to be written, in its order; empty when all is done. */
  readonly left: readonly DirectoryWrite[]
  readonly why: string
}

/**
 * The fast way: the domain controller's own database, with keys that were derived outside its lock. The first time with a
 * version of Samba an account is made and tried before any other.
 * @throws `PROCESS_FAILED` when nothing more can be written at all.
 */
export async function carryFast(
  { processes }: Pick<System, 'processes'>,
  { realm, domain, known, learn }: FastWay,
  writes: readonly DirectoryWrite[],
  told: (written: readonly Written[]) => void,
): Promise<Outcome> {
  const hello = Promise.withResolvers<string>()
  const tried = Promise.withResolvers<Trial & { readonly settled: boolean }>()
  const open = new Set(writes.keys())
  const reasons: string[] = []
  const onLine = (line: string): void => {
    const answer = answerIn(line)
    if (answer === undefined) return
    if ('samba' in answer) return hello.resolve(answer.samba)
    const done = answer.done.flatMap(
      ({ n, sid, error, missing, lacking, stumbled, works, why = '' }): readonly Written[] => {
        if (n === writes.length) {
          tried.resolve({ works: works ?? false, why: error ?? why, settled: works !== undefined })
        }
        const write = writes[n]
        if (write === undefined) return []
        if (stumbled !== undefined) {
          reasons.push(stumbled)
          return []
        }
        return [
          {
            write,
            ...(sid === undefined ? {} : { sid }),
            ...(error === undefined ? {} : { error, missing: missing === true }),
            ...(lacking === undefined ? {} : { lacking }),
          },
        ]
      },
    )
    if (done.length > 0) told(done)
    for (const { n, stumbled } of answer.done) if (stumbled === undefined) open.delete(n)
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
    if (found.works) yield* lines(writes, realm)
    else reasons.push(found.why)
  }
  const options = { input: input(), onLine, timeout: longest, accept: [0, nothingTaken] }
  const ended = await processes.run([program], options).catch((error: unknown) => {
    if (!isBoxError(error, 'PROCESS_FAILED', 'PROCESS_TIMEOUT', 'TOOL_MISSING')) throw error
    reasons.push(error.message)
    return undefined
  })
  if (ended?.status === nothingTaken) throw new BoxError('PROCESS_FAILED', `${program}: ${ended.stderr.trim()}`)
  return { left: writes.filter((_write, n) => open.has(n)), why: reasons.at(-1) ?? `${program} did not do all of it` }
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
