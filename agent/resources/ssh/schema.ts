export interface SshDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  /** Lines of public keys, each a person's; none: nobody comes from elsewhere. */
  readonly keys: readonly string[]
}

export interface SshActual {
  /** Is sshd running, or about to? */
  readonly active: boolean
  /** The key by which the running sshd shows that it is this box; undefined when it does not answer. */
  readonly shown: string | undefined
  /** The one that lies on the box; undefined: none was made yet. */
  readonly present: string | undefined
}

/** Whoever is signed in stays so over a restart. */
export type SshStep = { readonly kind: 'restart'; readonly reason: string } | { readonly kind: 'stop' }
