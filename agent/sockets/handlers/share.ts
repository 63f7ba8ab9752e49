import { refreshUsage } from '../../accounts/folders/quotas.ts'
import { filesFolder } from '../../accounts/folders/schema.ts'
import { sizesOf } from '../../accounts/folders/sizes.ts'
import {
  type FolderView,
  shareArchive,
  shareList,
  shareQuota,
  shareShow,
  type ShareView,
  type UsageView,
} from '../../contract/share.ts'
import { BoxError } from '../../errors.ts'
import { GroupName } from '../../model/group.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Register } from '../../model/register.ts'
import { derive } from '../../resources/shares/derive.ts'
import type { Share } from '../../resources/shares/schema.ts'
import { defineHandler, type Handler } from '../handler.ts'

export const shareHandlers: readonly Handler[] = [
  defineHandler(shareList, async (_, { engine, system }) => {
    const { shares } = derive({ state: engine.state() })
    const sizes = await sizesOf(shares.map(folderOf), system)
    const there = (await system.files.stat(filesFolder)) !== undefined
    return {
      shares: shares.map((share) => viewOf(share, sizes)),
      storage: there ? await system.files.space(filesFolder) : { free: 0, total: 0 },
    }
  }),

  defineHandler(shareShow, async ({ name }, { engine, ledger, system }) => {
    const { shares } = derive({ state: engine.state() })
    const share = shares.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (share === undefined) {
      const known = shares.map((one) => one.name)
      throw new BoxError('SHARE_UNKNOWN', `There is no share "${name}".${didYouMean(name, known)}`.replace(/\.$/, ''), {
        hint: 'iserv-ctl share list shows what there is.',
      })
    }
    const parent = folderOf(share)
    const names = await system.files.list(parent)
    const sizes = await sizesOf([parent, ...names.map((one) => `${parent}/${one}`)], system)
    const ownerOf = ownersIn(ledger.register.snapshot(), parent === `${filesFolder}/homes`)
    const folders = await Promise.all(
      names.map(async (one): Promise<readonly FolderView[]> => {
        const stat = await system.files.stat(`${parent}/${one}`)
        if (stat?.kind !== 'folder') return []
        const bytes = sizes.get(`${parent}/${one}`) ?? null
        return [{ name: one, owner: ownerOf(stat), bytes, changed: Math.round(stat.modified) }]
      }),
    )
    return {
      share: viewOf(share, sizes),
      folders: folders.flat().toSorted((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0)),
    }
  }),

  defineHandler(shareArchive, ({ name, limit }, { ledger: { archive } }) => ({
    acts: [...archive.list(limit, name)],
    total: archive.count(name),
  })),

  defineHandler(shareQuota, async ({ login, role }, { ledger, system }) => {
    const { people } = ledger.register.snapshot()
    if (login !== undefined && !people.some((person) => person.login === login)) {
      throw new BoxError('PERSON_UNKNOWN', `There is nobody with the login "${login}"`, {
        hint: 'iserv-ctl account list shows who there is.',
      })
    }
    const usage = await refreshUsage(system)
    if (usage === undefined) return { counted: false, people: [] }
    const byNumber = new Map(usage.map((one) => [one.number, one]))
    const views = people
      .filter(
        (person) => (login === undefined || person.login === login) && (role === undefined || person.role === role),
      )
      .flatMap((person): readonly UsageView[] => {
        const one = byNumber.get(person.number)
        if (one === undefined || person.state === 'removed') return []
        return [{ login: person.login, role: person.role, used: one.used, limit: one.limit ?? null }]
      })
    return { counted: true, people: views.toSorted((a, b) => fullness(b) - fullness(a) || b.used - a.used) }
  }),
]

const fullness = ({ used, limit }: UsageView): number => (limit === null ? 0 : used / limit)

/** The path of `home` has a hole for each person's name; all homes lie beside each other. */
const folderOf = ({ path }: Share): string => path.replace(/\/%U$/, '')

function viewOf(share: Share, sizes: ReadonlyMap<string, number>): ShareView {
  const { name, comment, groups } = share
  const path = folderOf(share)
  return { name, comment, path, groups: groups.map((one) => GroupName.parse(one)), bytes: sizes.get(path) ?? null }
}

/** To whom a folder belongs, by its numbers on disk. */
function ownersIn(
  { people, groups }: Register,
  homes: boolean,
): (stat: { readonly owner: number; readonly group: number }) => string | null {
  const names = new Map<number, string>(
    homes ? people.map(({ number, login }) => [number, login]) : groups.map(({ number, name }) => [number, name]),
  )
  return ({ owner, group }) => names.get(homes ? owner : group) ?? null
}
