/** One share as clients see it. */
export interface Share {
  readonly name: string
  readonly comment: string
  readonly path: string
  /** Names of groups that see it; what they may do in it is for the rights of its folders to say. */
  readonly groups: readonly string[]
  /** Where deleted files go: below this share, or anywhere else on the disk. */
  readonly bin: string
}

export interface SharesDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  /** NetBIOS name of the domain. */
  readonly domain: string
  /** Of the file server; undefined on a box without a directory. */
  readonly address: string | undefined
  /** Empty on a box without a directory: there is nobody to share with. */
  readonly shares: readonly Share[]
}

export interface Offered {
  readonly name: string
  readonly comment: string
}
