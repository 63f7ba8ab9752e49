export interface CertificatesDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  /** As the school calls itself: people see it when they install the authority. */
  readonly school: string
  readonly domain: string
  /** Names by which the box is called; the first is its own. */
  readonly names: readonly string[]
}

/** One certificate as far as it matters here. Times in milliseconds since the epoch. */
export interface Certificate {
  readonly subject: string
  readonly issuer: string
  readonly names: readonly string[]
  readonly from: number
  readonly to: number
  /** SHA-256, pairs of hex digits with colons. */
  readonly fingerprint: string
}

export interface CertificatesActual {
  readonly at: number
  /** Is that the time, as far as anybody can know? Asked only about a certificate that seems to be of another time. */
  readonly sure: boolean
  /** The box's own authority; undefined: not there, or key and certificate do not belong together. */
  readonly authority: Certificate | undefined
  readonly server:
    | (Certificate & {
        /** Issued by an authority of the box, if only by a former one; otherwise somebody has installed it. */
        readonly own: boolean
        /** By the present one? */
        readonly signed: boolean
        /** Is the key that lies beside it the one it speaks of? */
        readonly keyed: boolean
      })
    | undefined
}

export type CertificatesStep =
  | { readonly kind: 'authority'; readonly school: string; readonly domain: string }
  | { readonly kind: 'server'; readonly names: readonly string[]; readonly reason: string }
