import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { longestStep } from '../../engine/resource.ts'
import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { disableAdministrator } from './administrator.ts'
import { answers, signsIn } from './ask.ts'
import { letJoin } from './joiners.ts'
import { closeZone } from './names.ts'
import { digestOf } from './observe.ts'
import { madeFile, provisionUnit, secretFile, unit } from './paths.ts'
import { markAttribute, markOf } from './plan.ts'
import type { DirectoryStep, ServiceAccount } from './schema.ts'

type Effects = {
  readonly [Kind in DirectoryStep['kind']]: (
    step: Extract<DirectoryStep, { kind: Kind }>,
    system: System,
  ) => Promise<void>
}

const effects: Effects = {
  async provision({ address }, system) {
    await provision(system)
    await start(address, system)
  },
  start: ({ address }, system) => start(address, system),
  stop: (_, { units }) => units.stop(unit),
  add: ({ dn, attributes }, { directory }) => directory.add(dn, attributes),
  change: ({ dn, attributes }, { directory }) =>
    directory.modify(
      dn,
      Object.entries(attributes).map(([attribute, values]) => ({ kind: 'replace', attribute, values })),
    ),
  joiners: ({ domain }, { directory }) => letJoin(domain, directory),
  zone: ({ domain, zone }, { directory }) => closeZone(domain, zone.dn, directory),
  administrator: ({ domain }, { directory }) => disableAdministrator(domain, directory),
  secret: ({ account }, system) => renewSecret(account, system),
}

export async function apply(step: DirectoryStep, system: System): Promise<void> {
  await (effects[step.kind] as (one: DirectoryStep, door: System) => Promise<void>)(step, system)
}

/** Milliseconds that making a directory may take: ten seconds on a server, minutes on an emulated processor. */
const longest = { provision: longestStep - 10 * 60_000, start: 3 * 60_000 } as const

async function provision(system: System): Promise<void> {
  // systemctl waits for the job. The unit's state would not do: as long as the job waits for its turn, the unit looks like
  // one that has ended. What the making says is in the journal under its own name; the file tells whether it is done.
  await system.processes.run(['systemctl', '--no-ask-password', 'start', provisionUnit], {
    timeout: longest.provision,
    accept: [0, 1],
  })
  if ((await system.files.stat(madeFile)) !== undefined) return
  throw new BoxError('UNIT_FAILED', 'The directory could not be made', {
    hint: `journalctl -u ${provisionUnit} -n 30 tells why.`,
  })
}

/** Until it answers: what comes after this step talks to it. */
async function start(address: string, system: System): Promise<void> {
  await system.units.restart(unit)
  const ready = async (): Promise<boolean> =>
    (await answers(system)) && (await signsIn(address, ['--no-pass'], system)) !== 'silent'
  await waited(system, longest.start, 'the domain controller to answer', ready)
}

async function waited(
  { clock }: System,
  milliseconds: number,
  what: string,
  reached: () => Promise<boolean>,
): Promise<void> {
  const end = clock.monotonic() + milliseconds
  while (!(await reached())) {
    if (clock.monotonic() > end) throw new BoxError('DIRECTORY_UNREACHABLE', `Waited in vain for ${what}`)
    await pause(100)
  }
}

/**
 * userAccountControl of a service's account: a normal one whose password does not expire and that nothing may be delegated
 * to. The mark is part of the same change as the password: when the power fails in between, both are made anew.
 */
const serviceAccount = String(0x200 | 0x1_0000 | 0x10_0000)

async function renewSecret({ name, dn, workgroup }: ServiceAccount, system: System): Promise<void> {
  const password = randomBytes(32).toString('base64url')
  // As Samba's programs read it, so that no password stands in a list of processes.
  const secret = `username=${name}\npassword=${password}\ndomain=${workgroup}\n`
  const path = secretFile(name)
  await system.files.makeFolder(path.slice(0, path.lastIndexOf('/')), 0o700)
  await system.files.write(path, secret, 0o600)
  await system.directory.modify(dn, [
    { kind: 'replace', attribute: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] },
    { kind: 'replace', attribute: 'userAccountControl', values: [serviceAccount] },
    { kind: 'replace', attribute: markAttribute, values: [markOf(digestOf(secret))] },
  ])
}
