/** The box's links as the resource thinks of them. */

export interface Desired {
  readonly language: 'de' | 'en'
  readonly links: readonly Link[]
}

/** One interface with one .network file, and a .netdev file when it is not a port of the machine. */
export interface Link {
  readonly name: string
  /** What has to be made; absent: a port of the machine, which is there or not. */
  readonly netdev?: { readonly kind: 'bridge' } | { readonly kind: 'vlan'; readonly id: number; readonly port: string }
  /** The bridge that it is a port of. */
  readonly bridge?: string
  /** VLAN interfaces that stand on it. */
  readonly vlans: readonly string[]
  /** Where in the school state a port of the machine is named: `networks[1].ports[0]`. */
  readonly namedAt?: readonly string[]
  readonly role: Role
}

export type Role =
  /** A port that only carries frames. */
  | { readonly kind: 'port' }
  | { readonly kind: 'uplink'; readonly ipv4: Line; readonly ipv6: Line }
  | {
      readonly kind: 'network'
      readonly network: string
      readonly ipv4: string
      /** The domain controller's own address beside the box's. */
      readonly directory?: string
      readonly ipv6?: Announced
    }

/** How the uplink gets an address: by itself (DHCP, router advertisements), as declared, or not at all. */
export type Line = 'automatic' | 'off' | { readonly address: string; readonly gateway: string }

export interface Announced {
  /** The box with the prefix length. */
  readonly address: string
  /** `fd20:1::/64`, from which devices make their addresses. */
  readonly prefix: string
  readonly resolver: string
  readonly domain: string
  /** Is the box the way to the IPv6 internet? */
  readonly router: boolean
}

/** What the kernel and systemd-networkd say. */
export interface Actual {
  readonly links: readonly ActualLink[]
  /** Does the kernel route between interfaces, IPv4 and IPv6? */
  readonly forwarding: boolean
}

export interface ActualLink {
  readonly name: string
  /** `bridge`, `vlan`, `veth` …; empty for a network card. */
  readonly kind: string
  readonly vlanId?: number
  /** That the card was made with. */
  readonly mac: string
  /** Other names of it, such as the one by its slot. */
  readonly otherNames: readonly string[]
  readonly master?: string
  readonly up: boolean
  readonly carrier: boolean
  /** Made or led by us. */
  readonly ours: boolean
  /** With prefix length, without link-local ones, shortest form. */
  readonly addresses: readonly string[]
  /** Default gateways that go out here. */
  readonly gateways: readonly string[]
  /** Name of the .network file that systemd-networkd has loaded for it. */
  readonly file?: string
}

export type Step =
  /** Removes a bridge or VLAN interface that we made and nobody declares any more, or that is of the wrong kind. */
  | { readonly kind: 'remove'; readonly link: string }
  /** systemd-networkd reads its files again, makes what is missing and turns to the links whose file is another one. */
  | { readonly kind: 'reload'; readonly changes: readonly string[]; readonly links: readonly Link[] }
  /** Switches a port off that was declared before, which the kernel keeps in its bridge and with its addresses. */
  | { readonly kind: 'release'; readonly link: string }
  /** Puts one link right that is not as its file says. */
  | { readonly kind: 'reconfigure'; readonly link: Link; readonly why: string }
  /** Lets the kernel route between interfaces again. */
  | { readonly kind: 'forward' }
