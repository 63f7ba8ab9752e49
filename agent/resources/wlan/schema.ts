import type { Role } from '../../model/person.ts'

/** A role that may sign in, and where its devices go. */
export interface Place {
  readonly role: Role
  /** gidNumber of the role's group, the same on every box. */
  readonly group: number
  /** Name of the network. */
  readonly network: string
  /** Undefined: the access point's own network, without a tag. */
  readonly vlan: number | undefined
}

export interface AccessPoint {
  readonly name: string
  /** An address, or a subnet of nothing but access points. */
  readonly address: string
}

export interface WlanDesired {
  readonly language: 'de' | 'en'
  /** Undefined: the school has not declared a wireless network. */
  readonly service:
    | {
        readonly domain: string
        /** The domain as Windows says it. */
        readonly netbios: string
        readonly accessPoints: readonly AccessPoint[]
        readonly places: readonly Place[]
      }
    | undefined
}

export interface WlanActual {
  /** Is FreeRADIUS running, or about to? */
  readonly active: boolean
  /** Digest of what it runs with, as it says itself; undefined when it does not answer. */
  readonly loaded: string | undefined
  /** Digest of what it would run with if it started now. */
  readonly present: string
  /** Names for which a secret lies on the box. */
  readonly secrets: readonly string[]
}

/** FreeRADIUS reads access points only when it starts; that takes a fraction of a second, and devices ask again. */
export type WlanStep =
  | { readonly kind: 'make-secret'; readonly accessPoint: string }
  | { readonly kind: 'restart'; readonly reason: string }
  | { readonly kind: 'stop' }
