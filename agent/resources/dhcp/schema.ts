/** DHCP as the resource thinks of it, and the part of Kea's own configuration that we set. IPv4 only: IPv6 comes by SLAAC. */

export interface Desired {
  readonly language: 'de' | 'en'
  /** Domain of the school's own names. */
  readonly domain: string
  readonly networks: readonly DhcpNetwork[]
}

export interface DhcpNetwork {
  readonly name: string
  readonly bridge: string
  /** Kea keeps it in every lease: it has to stay the same however networks are added and ordered. */
  readonly id: number
  /** `10.20.0.0/16` */
  readonly subnet: string
  /** The box in this network: gateway, resolver and time server of its devices. */
  readonly box: string
  /** Seconds. */
  readonly lease: number
  /** Addresses for devices without one of their own, as Kea writes them: `10.20.200.1-10.20.200.9`, `10.20.201.0/24`. */
  readonly pools: readonly string[]
  readonly reservations: readonly Reservation[]
}

/** Where Kea takes requests: a bridge, by the box's address on it. */
export interface Listener {
  readonly bridge: string
  readonly address: string
}

export interface Reservation {
  readonly mac: string
  readonly name: string
  /** Absent: the device keeps its name and gets an address from the pool. */
  readonly address?: string
}

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** What the running Kea says of itself. */
export type Actual =
  | { readonly running: false }
  | {
      readonly running: true
      /** Its whole configuration, defaults filled in. */
      readonly config: JsonObject
      /** False after somebody told it to stop serving. */
      readonly serving: boolean
      /** `retrying`: Kea itself keeps trying to listen on a bridge that carries nothing yet. */
      readonly sockets: string
      /** Interfaces from which it takes packets. */
      readonly listening: readonly string[]
    }

export type Step =
  | { readonly kind: 'start' }
  | { readonly kind: 'enable' }
  /** Kea reads its file; `changes` tells what is different there, `listeners` what has to exist. */
  | {
      readonly kind: 'load'
      readonly changes: readonly string[]
      readonly listeners: readonly Listener[]
      /** With the reservations, before which leases of other devices give way. */
      readonly networks: readonly DhcpNetwork[]
    }
