/** What is to be written into the directory, complete: whoever carries it there decides nothing any more. */

/** Values by attribute; none: the attribute goes. */
export type Attributes = Readonly<Record<string, readonly string[]>>

/** A new object. One of the same name that carries our mark (adminDescription) is adopted and never made anew. */
export interface AddWrite {
  readonly op: 'add'
  readonly dn: string
  readonly attributes: Attributes
  /** Null for groups. */
  readonly password: string | null
  /** SID of the group whose rule the password keeps. */
  readonly group?: string
}

/** An object that is known, its name included. Whoever still has a name that is now this one's gives way. */
export interface ChangeWrite {
  readonly op: 'change'
  readonly sid: string
  readonly dn: string
  readonly attributes: Attributes
  /** Groups by SID in which this one is to be (true) or not (false). */
  readonly groups?: Readonly<Record<string, boolean>>
}

export interface MembersWrite {
  readonly op: 'members'
  readonly sid: string
  readonly join?: readonly string[]
  /** Everybody who is to be a member; those who are none of ours stay. */
  readonly exactly?: readonly string[]
}

/** Silent when there is none. */
export interface RemoveWrite {
  readonly op: 'remove'
  readonly sid: string
}

export type DirectoryWrite = AddWrite | ChangeWrite | MembersWrite | RemoveWrite

/** What became of a write. Whatever is told is on disk. */
export interface Written<Write extends DirectoryWrite = DirectoryWrite> {
  readonly write: Write
  /** Of an object that was added. */
  readonly sid?: string
  /** In the directory's own words; the others of the same call were done nevertheless. */
  readonly error?: string
  /** There is no such object: the directory is older than the register. */
  readonly missing?: boolean
  /** SID of a group of the write which is not there (any more, or under this SID). */
  readonly lacking?: string
}

/** What adminDescription begins with on every object of ours, before the register's id of it. */
export const mark = 'iserv:'
