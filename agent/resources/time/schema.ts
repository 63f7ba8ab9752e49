export interface TimeDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  /** IANA time zone. */
  readonly timezone: string
  /** Names or addresses of NTP servers. */
  readonly servers: readonly string[]
  /** Networks that get their time from the box, with the box's own address in them: `10.20.0.1/16`. */
  readonly networks: readonly string[]
}

/** One server as chronyd sees it. */
export interface Source {
  /** As configured. */
  readonly name: string
  /** Has it answered any of the last eight questions? */
  readonly reached: boolean
  /** Is the clock set by it? */
  readonly selected: boolean
}

export interface TimeActual {
  /** Undefined when chronyd does not answer. */
  readonly running:
    | {
        readonly sources: readonly Source[]
        /** Which of the declared networks are served. */
        readonly served: readonly string[]
        /** Is somebody served who is not in the school? */
        readonly open: boolean
      }
    | undefined
}

/** A restart takes a fraction of a second, and no client asks twice a minute. */
export interface TimeStep {
  readonly kind: 'restart'
  readonly reason: string
}
