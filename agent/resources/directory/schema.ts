/** The domain controller as the resource thinks of it. */

/** One object of the directory that is ours. Attribute names as AD spells them. */
export interface Entry {
  readonly dn: string
  /** Given once, when it is made: object class, name, what people may change later. */
  readonly initial: Attributes
  /** Kept as they are here. */
  readonly kept: Attributes
}

export type Attributes = Readonly<Record<string, readonly string[]>>

/** An account of a service of the box, whose password lies in a file that only root can read. */
export interface ServiceAccount {
  readonly name: string
  /** NetBIOS name of the domain: signs in as `SCHULE\\service-reader`. */
  readonly workgroup: string
  readonly dn: string
  readonly purpose: string
}

export interface Domain {
  /** `schule.lan` */
  readonly name: string
  /** Of the domain controller, with the prefix length of its network: `10.20.0.3/16`. */
  readonly address: string
  /** The box's own address in that network: who asks the domain controller for other names is sent there. */
  readonly resolver: string
  /** In the order in which they are made: a group before what hangs on it. */
  readonly entries: readonly Entry[]
  readonly accounts: readonly ServiceAccount[]
}

/** A zone of names in which everybody who has signed in may make some. */
export interface OpenZone {
  readonly dn: string
  /** Those that people and computers have made. */
  readonly names: readonly string[]
}

export interface DirectoryDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  /** Undefined: the school has none. */
  readonly domain: Domain | undefined
}

export interface DirectoryActual {
  /** Domain of the directory that lies on the disk, whole; undefined: none was made yet. */
  readonly made: string | undefined
  /** Is the domain controller's process there? */
  readonly active: boolean
  /** Did it start with the certificate that the box has now? */
  readonly current: boolean
  /** What lies in the directory, by DN in lower case; undefined: it does not answer. */
  readonly found: Readonly<Record<string, Attributes>> | undefined
  /** May the school's administrators let declared computers join? */
  readonly joinable: boolean
  readonly openZones: readonly OpenZone[]
  /** Is the built-in administrator as AD makes it: enabled, and never signed in? Undone only once, so that root can enable it. */
  readonly idleAdministrator: boolean
  /** Marks of the passwords that lie in files, by the account's name. */
  readonly secrets: Readonly<Record<string, string>>
}

export type DirectoryStep =
  | { readonly kind: 'provision'; readonly domain: string; readonly address: string }
  | { readonly kind: 'start'; readonly reason: string; readonly address: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'add'; readonly dn: string; readonly attributes: Attributes }
  | { readonly kind: 'change'; readonly dn: string; readonly attributes: Attributes }
  | { readonly kind: 'joiners'; readonly domain: string }
  | { readonly kind: 'zone'; readonly domain: string; readonly zone: OpenZone }
  | { readonly kind: 'administrator'; readonly domain: string }
  | { readonly kind: 'secret'; readonly account: ServiceAccount }

/** How a sign-in fares. `refused`: it is answered, but not with this name and password. */
export type SignIn = 'in' | 'refused' | 'silent'

/** An address from which nobody signs in for a while. */
export interface Waiting {
  readonly address: string
  /** That are left. */
  readonly seconds: number
}
