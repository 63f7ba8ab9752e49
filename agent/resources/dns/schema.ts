import type { FilterList } from '../../model/filters.ts'

/** A name of the house and what it stands for. Names and targets end in a dot. */
export interface LocalRecord {
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'PTR'
  readonly value: string
}

/** An address and port on which the resolver answers, for whom it is and what they may look up. */
export interface Listener {
  readonly address: string
  readonly port: number
  /** Filter lists whose domains do not exist here. */
  readonly tags: readonly string[]
  /** Name of the view in which other names exist here than for everybody. */
  readonly view?: string
}

/** A profile for which only the domains of some lists exist. */
export interface OnlyProfile {
  readonly profile: string
  readonly lists: readonly string[]
}

/** Names that do not exist for somebody although the resolver knows them. */
export interface View {
  readonly name: string
  /** Profile outside of whose lists nothing exists. */
  readonly only?: string
  /** Whether the house's names exist. */
  readonly house: boolean
}

/** Everything that decides the compiled filter lists, but for the content of the files. */
export interface ListPlan {
  /** Folder of the compiled lists: other lists or profiles make another folder, so that going back finds the old. */
  readonly shape: string
  readonly lists: readonly FilterList[]
  readonly only: readonly OnlyProfile[]
  /** Zones of the house, which no list may take away. End in a dot. */
  readonly own: readonly string[]
}

export interface DnsDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  /** Of the school, ends in a dot. */
  readonly domain: string
  /** Name of the box, ends in a dot. */
  readonly server: string
  readonly reverseZones: readonly string[]
  readonly records: readonly LocalRecord[]
  readonly listeners: readonly Listener[]
  readonly views: readonly View[]
  readonly lists: ListPlan
  /** Resolvers to ask; empty: the root servers. */
  readonly forwarders: readonly string[]
  /** Address of the domain controller, which answers for what the box does not know of the domain. */
  readonly directory?: string
  /** Names of time servers: found also while a wrong clock makes every signature look expired. */
  readonly timeServers: readonly string[]
}

/** What tells whether a file under `filters/` has changed. */
export interface FileStamp {
  readonly size: number
  readonly modified: number
}

/** What the running unbound says. */
export interface Running {
  readonly listen: string
  readonly config: string
  readonly names: string
  readonly lists: string
  readonly records: readonly LocalRecord[]
  /** Whom it asks for a zone, by the zone's name; other zones than ours may be there and stay. */
  readonly forwards: Readonly<Record<string, readonly string[]>>
  readonly stubs: Readonly<Record<string, readonly string[]>>
}

export interface DnsActual {
  /** Undefined when nobody answers on the control socket. */
  readonly running: Running | undefined
  readonly files: Readonly<Record<string, FileStamp>>
  /** Shapes of compiled lists that lie there whole. */
  readonly compiled: readonly string[]
}

export type DnsStep =
  /** The only step that interrupts the service: addresses to listen on cannot be changed in a running unbound. */
  | { readonly kind: 'restart'; readonly reason: string }
  | { readonly kind: 'load-lists'; readonly lists: ListPlan }
  | { readonly kind: 'reload'; readonly reason: string }
  | {
      readonly kind: 'change-names'
      readonly remove: readonly LocalRecord[]
      readonly add: readonly LocalRecord[]
      /** Whether a name that stays gets another meaning. */
      readonly moves: boolean
      readonly digest: string
    }
