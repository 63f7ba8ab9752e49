import { deviceAdd, deviceImport, deviceList, deviceRemove } from '../../contract/device.ts'
import { importedFile, withDevices, withoutDevices } from '../../devices/change.ts'
import { freeAddress } from '../../devices/free.ts'
import { type Preview, preview } from '../../devices/preview.ts'
import { readDevices } from '../../devices/read.ts'
import { byPlace, type DeviceRecord } from '../../devices/record.ts'
import { viewer } from '../../devices/view.ts'
import { BoxError, type ErrorCode, type Problem } from '../../errors.ts'
import type { StateDocument } from '../../model/document.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Ipv4 } from '../../model/scalars.ts'
import type { SchoolState } from '../../model/state.ts'
import { type Deps, defineHandler, type Handler } from '../handler.ts'
import { answerOf } from './state.ts'

export const deviceHandlers: readonly Handler[] = [
  defineHandler(deviceList, ({ room, network }, { engine }) => {
    const state = engine.state()
    known('ROOM_UNKNOWN', 'room', room, state.rooms)
    known('NETWORK_UNKNOWN', 'network', network, state.networks)
    const devices = state.devices.map(viewer(state))
    return {
      devices: devices.filter(
        (device) =>
          (room === undefined || device.room === room) && (network === undefined || device.network === network),
      ),
    }
  }),

  defineHandler(deviceAdd, async ({ address, ...wanted }, deps) => {
    const { state } = running(deps)
    known('ROOM_UNKNOWN', 'room', wanted.room, state.rooms)
    known('NETWORK_UNKNOWN', 'network', wanted.network, state.networks)
    const before = state.devices.find(({ name }) => name === wanted.name)
    if (before !== undefined && before.mac !== wanted.mac) {
      throw new BoxError('DEVICE_EXISTS', `${before.name} is already known with the card ${before.mac}`, {
        hint: `If it has a new card: iserv-ctl device remove ${before.name}, then add it again.`,
      })
    }
    const place = wanted.room === undefined && wanted.network === undefined ? (before ?? {}) : wanted
    const record: DeviceRecord = {
      ...wanted,
      line: 1,
      columns: {},
      ...(address === undefined ? {} : { address: address === 'auto' ? nextAddress(state, place) : address }),
    }
    const found = preview([record], state)
    refuse(
      `${wanted.name} was not added`,
      found.problems.map(({ severity, path, message }) => ({ severity, path, message })),
    )
    const after = [...found.added, ...found.changed.map((change) => change.after)]
    const applied =
      after.length === 0
        ? null
        : await applyChange(deps, `device add ${wanted.name}`, (documents) =>
            withDevices(documents, { rooms: [], devices: after }),
          )
    const view = viewer(state)
    const device = after[0] ?? before
    if (device === undefined) throw new TypeError('a device is added, changed or was there')
    return { device: view(device), before: before === undefined ? null : view(before), applied }
  }),

  defineHandler(deviceRemove, async ({ names }, deps) => {
    const { state } = running(deps)
    for (const name of names) known('DEVICE_UNKNOWN', 'device', name, state.devices)
    const going = state.devices.filter(({ name }) => names.includes(name))
    const applied = await applyChange(deps, `device remove ${names.join(' ')}`, (documents) =>
      withoutDevices(documents, names),
    )
    return { removed: going.map(viewer(state)), applied }
  }),

  defineHandler(deviceImport, async ({ file, content, format, network, dryRun }, deps) => {
    const { state } = running(deps)
    known('NETWORK_UNKNOWN', 'network', network, state.networks)
    const read = readDevices(file, Buffer.from(content, 'base64'), format === 'auto' ? undefined : format)
    const found = preview(read.records, state, network)
    const problems = [...read.problems, ...found.problems]
      .toSorted(byPlace)
      .map((problem): Problem => ({ ...problem, file }))
    refuse(`${file}: ${countOf(problems)}, nothing was changed`, problems)
    const view = viewer({ ...state, rooms: [...state.rooms, ...found.rooms] })
    const nothing = found.added.length + found.changed.length === 0
    const applied =
      dryRun || nothing
        ? null
        : await applyChange(deps, reasonOf(file, found), (documents) =>
            withDevices(
              documents,
              { rooms: found.rooms, devices: [...found.added, ...found.changed.map(({ after }) => after)] },
              importedFile,
            ),
          )
    return {
      file,
      format: read.format.title,
      encoding: read.encoding,
      delimiter: read.delimiter,
      read: read.records.length,
      rooms: found.rooms.map(({ name, network: home }) => ({ name, network: home })),
      added: found.added.map(view),
      changed: found.changed.map(({ before, after }) => ({ before: view(before), after: view(after) })),
      unchanged: found.unchanged,
      untouched: found.untouched,
      ignored: [...read.ignored],
      warnings: problems,
      dryRun,
      applied,
    }
  }),
]

function running({ engine }: Deps): {
  readonly state: SchoolState
  readonly documents: readonly StateDocument[]
  readonly base: number
} {
  const state = engine.state()
  const generation = engine.status().running?.generation
  if (generation === undefined) throw new TypeError('a state without a generation')
  return { state, documents: generation.documents, base: generation.number }
}

/** A change of the current texts as one new generation; declined when somebody else was quicker. */
async function applyChange(
  deps: Deps,
  reason: string,
  change: (documents: readonly StateDocument[]) => readonly StateDocument[],
): Promise<ReturnType<typeof answerOf>> {
  const { documents, base } = running(deps)
  const by = deps.caller.by
  return answerOf(await deps.engine.apply({ documents: change(documents), by, reason: reason.slice(0, 200), base }))
}

function known(
  code: ErrorCode,
  kind: string,
  name: string | undefined,
  entries: readonly { readonly name: string }[],
): void {
  if (name === undefined || entries.some((entry) => entry.name === name)) return
  const names = entries.map((entry) => entry.name)
  throw new BoxError(code, `There is no ${kind} "${name}".${didYouMean(name, names)}`.replace(/\.$/, ''), {
    hint: kind === 'network' ? `Known are ${names.join(', ')}.` : `iserv-ctl ${kind} list shows what there is.`,
  })
}

function nextAddress(
  state: SchoolState,
  place: { readonly room?: string | undefined; readonly network?: string | undefined },
): Ipv4 {
  const free = freeAddress(state, place)
  if (free !== undefined) return free
  throw new BoxError('DEVICES_INVALID', 'There is no free address outside the pool', {
    hint: 'Say room or network, or an address.',
  })
}

function refuse(message: string, problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === 'error'))
    throw new BoxError('DEVICES_INVALID', message, { problems })
}

function countOf(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return `${errors} error${errors === 1 ? '' : 's'}`
}

function reasonOf(file: string, { rooms, added, changed }: Preview): string {
  return `device import ${file}: ${rooms.length} rooms and ${added.length} devices added, ${changed.length} changed`
}
