export interface WebDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  /** Undefined: no service of the school opens the web, so no page is served. */
  readonly page:
    | {
        /** Names by which the box is called; without closing dots. */
        readonly names: readonly string[]
        /** Networks whose devices may open the page: `10.20.0.0/16`. */
        readonly networks: readonly string[]
      }
    | undefined
  /** Files with which an ACME client proves the names of the box are served to everybody whom the firewall lets in. */
  readonly challenges: boolean
}

/** Digests of what nginx reads. */
export interface Read {
  readonly configuration: string
  /** Empty: none, or nobody knows which. */
  readonly certificate: string
}

export interface WebActual {
  /** What the running nginx has read, as it says itself; undefined when nobody answers. */
  readonly loaded: Read | undefined
  /** Digest of the certificate that the box has now; empty: none. */
  readonly present: string
}

export type WebStep = { readonly kind: 'restart' } | ({ readonly kind: 'reload'; readonly reason: string } & Read)
