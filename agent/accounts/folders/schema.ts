import type { Rights } from './rights.ts'

/** Where everything that people store lies; on the data partition. */
export const filesFolder = '/var/srv'

/** Folders whose identity is a number on disk: the owner of a home, the group of a class or course. */
export type Place = 'homes' | 'classes' | 'courses'
export const places: readonly Place[] = ['homes', 'classes', 'courses']

/** One folder inside another that belongs to it, as Material in a class. */
export interface Room {
  readonly name: string
  /** Its name in the other language of the school; a folder of that name is renamed. */
  readonly also: string
  readonly rights: Rights
  /** Number of what lies in it, by which it is kept apart from all other rooms: rooms.ts. */
  readonly project: number
}

/** A folder that is to be there, whatever its name is now. */
export interface Living {
  readonly place: Place
  readonly number: number
  readonly name: string
  readonly rights: Rights
  readonly rooms: readonly Room[]
  /** Templates copied into it when it is made. */
  readonly templates: readonly string[]
}

/** A folder whose person or group is gone: it belongs into the archive. */
export interface Gone {
  readonly place: Place
  readonly number: number
  readonly name: string
}

/** A folder whose identity is its path. */
export interface Fixed {
  readonly path: string
  readonly rights: Rights
  /** Its rights are the school's to change, and then are those of all that lies in it. */
  readonly declared?: true
}

export interface Remark {
  readonly code:
    | 'folder-unknown'
    | 'folder-aside'
    | 'folder-twice'
    | 'group-unknown'
    | 'template-missing'
    | 'quota-missing'
    | 'rooms-open'
  readonly path: string
  /** One sentence for a teacher. */
  readonly message: string
}

export interface Desired {
  readonly language: 'de' | 'en'
  readonly fixed: readonly Fixed[]
  /** Paths of folders in which only fixed folders are expected. */
  readonly closed: readonly string[]
  readonly living: readonly Living[]
  readonly gone: readonly Gone[]
  /** Templates that the state names. */
  readonly templates: readonly string[]
  /** Seconds for which the archive is kept. */
  readonly keep: number
  readonly remarks: readonly Remark[]
}

/** An entry of one of the places, as the disk has it. */
export interface Entry {
  readonly name: string
  readonly folder: boolean
  readonly owner: number
  readonly group: number
}

/** A file or folder of a template, below its folder. */
export interface Piece {
  readonly path: string
  readonly kind: 'file' | 'folder'
  readonly size: number
}

export interface Actual {
  readonly entries: Readonly<Record<Place, readonly Entry[]>>
  readonly archive: Readonly<Record<Place, readonly Entry[]>>
  /** Names in each closed folder. */
  readonly closed: Readonly<Record<string, readonly string[]>>
  /** Rights as text (rights.ts) by path, of every folder that is known to the register or fixed, and of its rooms. */
  readonly rights: ReadonlyMap<string, string>
  /** Undefined for a template that is not there. */
  readonly templates: Readonly<Record<string, readonly Piece[] | undefined>>
  /** Bytes that may still be written. */
  readonly free: number
}

/** A folder made under another name, with all that is in it, before it appears. */
export interface Making {
  readonly path: string
  readonly place: Place
  /** Below it, folders before what lies in them; `from` is the file to copy. */
  readonly contents: readonly { readonly path: string; readonly from?: string; readonly rights: Rights }[]
  readonly rights: Rights
}

export type FolderStep =
  /** What an interrupted run has left: copies that nobody has seen yet, or an archive half deleted. */
  | { readonly kind: 'sweep'; readonly path: string }
  | {
      readonly kind: 'rename' | 'aside' | 'archive' | 'restore' | 'detour'
      readonly from: string
      readonly to: string
    }
  | { readonly kind: 'make'; readonly making: Making }
  /** A folder that is missing in one that is there, or a fixed one; its rights are among those to be set. */
  | { readonly kind: 'add'; readonly path: string; readonly rights: Rights }
  | { readonly kind: 'rights'; readonly path: string; readonly rights: Rights }
  /** The same for a folder and for all that lies in it. */
  | { readonly kind: 'spread'; readonly path: string; readonly rights: Rights }
  | { readonly kind: 'delete'; readonly path: string }

export interface FolderPlan {
  readonly steps: readonly FolderStep[]
  readonly remarks: readonly Remark[]
  /** Bytes that copies of templates need. */
  readonly bytes: number
}
