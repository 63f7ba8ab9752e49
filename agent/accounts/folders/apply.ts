import { BoxError } from '../../errors.ts'
import type { Files, System } from '../../system/system.ts'
import type { ArchiveAct } from '../../engine/tables/archive.ts'
import { actOf } from './archive.ts'
import { going } from './place.ts'
import { candidateOf } from './plan.ts'
import { aclText, restoreText, rightsWithin } from './rights.ts'
import { filesFolder, type FolderPlan, type FolderStep, type Making } from './schema.ts'

/** Room that stays for everything else on the data disk. */
const reserve = 256 * 2 ** 20

/**
 * Carries a plan out. New folders are made under names that nobody looks for, get their rights all at once, and then
 * appear whole: wherever it is interrupted, the next plan finds every folder either as it was or as it is to be.
 * @param told hears of each act upon the archive before it is done, and of the number of steps done.
 * @throws `DISK_FULL` before anything is copied when the copies do not fit, or when others have filled the disk since.
 */
export async function apply(
  { steps, bytes }: FolderPlan,
  free: number,
  { files, processes }: Pick<System, 'files' | 'processes'>,
  told: { readonly note: (act: Omit<ArchiveAct, 'at'>) => void; readonly progress: (done: number) => void },
): Promise<void> {
  if (bytes > 0 && bytes + reserve > free) {
    throw new BoxError(
      'DISK_FULL',
      `The templates for new folders need ${mebibytes(bytes)} MB; ${mebibytes(free)} MB are free`,
      {
        hint: 'Free some space (iserv-ctl share list shows who uses how much) or make the templates smaller; nothing was copied.',
      },
    )
  }
  const makings = steps.flatMap((step) => (step.kind === 'make' ? [step.making] : []))
  let done = 0
  const count = (more: number): void => told.progress((done += more))
  const note = (step: FolderStep): void => {
    const act = actOf(step)
    if (act !== undefined) told.note(act)
  }
  for (const step of steps) if (await before(step, files, note)) count(1)
  for (const step of steps) if (step.kind === 'spread') await spread(step, processes)
  for (const group of chunks(makings, atOnce)) {
    await Promise.all(group.map((making) => make(making, files)))
    count(group.length)
  }
  const rights = steps.flatMap(rightsOf)
  if (rights.length > 0) {
    await processes.run(['setfacl', '--restore=-'], { input: rights.join(''), timeout: 600_000 })
    count(steps.filter(({ kind }) => kind === 'rights' || kind === 'spread' || kind === 'add').length)
  }
  // What has been copied is on disk before anybody can see it: a power cut leaves no empty files behind.
  if (bytes > 0) await processes.run(['sync', '--file-system', filesFolder], { timeout: 600_000 })
  await Promise.all(makings.map((making) => files.rename(candidateOf(making), making.path)))
  for (const step of steps.filter((one) => one.kind === 'delete')) {
    note(step)
    const { path } = step
    const doomed = path.replace(/[^/]*$/, (name) => `${going}${name}`)
    await files.rename(path, doomed)
    await files.remove(doomed)
    count(1)
  }
  if (steps.length > 0) await files.sync(filesFolder)
}

/** Folders made side by side; more do not make the disk faster. */
const atOnce = 50

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0)

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}

/** Steps that stand on their own, in their order. */
async function before(step: FolderStep, files: Files, note: (step: FolderStep) => void): Promise<boolean> {
  switch (step.kind) {
    case 'sweep':
      await files.remove(step.path)
      return true
    case 'rename':
    case 'aside':
    case 'archive':
    case 'restore':
    case 'detour':
      // A rename onto an empty folder would swallow it.
      if ((await files.stat(step.to)) !== undefined) {
        throw new BoxError('FILE_UNWRITABLE', `${step.to} appeared while ${step.from} was on its way there`, {
          hint: 'Nothing is lost; the next look at the folders puts it right.',
        })
      }
      note(step)
      await files.rename(step.from, step.to)
      return true
    case 'add':
      // Its rights come with those of all others.
      await files.makeFolder(step.path, 0o700)
      return false
    case 'make':
    case 'rights':
    case 'spread':
    case 'delete':
      return false
  }
}

/**
 * The rights of all that lies in a folder; its own come later, so that what is interrupted is begun again. What is made
 * meanwhile inherits the new ones. Owners stay: they are whose storage it counts as.
 */
async function spread(
  { path, rights }: Extract<FolderStep, { kind: 'spread' }>,
  processes: System['processes'],
): Promise<void> {
  const patient = { timeout: 600_000 }
  const within = (kind: 'file' | 'folder') => ['setfacl', '--physical', '--set', aclText(rightsWithin(rights, kind))]
  const { inherited, ...own } = rights
  await processes.run(['setfacl', '--default', '--set', aclText(inherited ?? own), path], patient)
  await processes.run(
    ['find', path, '-xdev', '-mindepth', '1', '-type', 'd', '-exec', ...within('folder'), '{}', '+'],
    patient,
  )
  await processes.run(['find', path, '-xdev', '-type', 'f', '-exec', ...within('file'), '{}', '+'], patient)
}

async function make(making: Making, files: Files): Promise<void> {
  const candidate = candidateOf(making)
  await files.makeFolder(candidate, 0o700)
  for (const { path, from } of making.contents) {
    if (from === undefined) await files.makeFolder(`${candidate}/${path}`, 0o700)
    else await files.copy(from, `${candidate}/${path}`)
  }
}

/** Deepest first: a folder is opened to others when what lies in it is in order. */
function rightsOf(step: FolderStep): readonly string[] {
  if (step.kind === 'rights' || step.kind === 'spread' || step.kind === 'add')
    return [restoreText(step.path, step.rights)]
  if (step.kind !== 'make') return []
  const candidate = candidateOf(step.making)
  return [
    ...step.making.contents.toReversed().map(({ path, rights }) => restoreText(`${candidate}/${path}`, rights)),
    restoreText(candidate, step.making.rights),
  ]
}
