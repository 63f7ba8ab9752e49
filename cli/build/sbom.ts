import type { Licences } from './licence.ts'
import type { Lock, LockedPackage } from './lock.ts'
import type { Module } from './modules.ts'
import { uuidOf } from './recipe.ts'

/** The bill of materials of an image: CycloneDX 1.6 as JSON. Pure. */

export interface Ingredients {
  readonly role: string
  readonly version: string
  readonly digest: string
  readonly lock: Lock
  readonly licences: Licences
  readonly modules: readonly Module[]
}

interface Component {
  readonly type: 'operating-system' | 'library' | 'application'
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly purl?: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses?: readonly LicenceChoice[]
}

type LicenceChoice = { readonly license: { readonly id: string } | { readonly name: string } }

export function billOfMaterials({ role, version, digest, lock, licences, modules }: Ingredients): object {
  const root: Component = {
    type: 'operating-system',
    'bom-ref': `image:${role}`,
    name: `school server image, role ${role}`,
    version,
  }
  const components = [
    ...lock.packages.map((one) => debianComponent(one, licences[one.name] ?? [])),
    ...modules.map(npmComponent),
  ]
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(digest, 'sbom')}`,
    version: 1,
    metadata: { timestamp: new Date(lock.epoch * 1000).toISOString(), component: root },
    components,
    // What needs what inside Debian is told by its packages; here only that the image holds them all.
    dependencies: [{ ref: root['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) }],
  }
}

function debianComponent(one: LockedPackage, licences: readonly string[]): Component {
  const purl = `pkg:deb/debian/${encodeURIComponent(one.name)}@${encodeURIComponent(one.version)}?arch=${one.architecture}&distro=debian-13`
  return {
    type: 'library',
    'bom-ref': purl,
    name: one.name,
    version: one.version,
    purl,
    hashes: [{ alg: 'SHA-256', content: one.sha256 }],
    ...(licences.length === 0 ? {} : { licenses: licences.map(licenceChoice) }),
  }
}

function npmComponent({ name, version, licence, integrity }: Module): Component {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`
  const sha512 = /^sha512-(.+)$/.exec(integrity ?? '')?.[1]
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(sha512 === undefined
      ? {}
      : { hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }] }),
    ...(licence === undefined ? {} : { licenses: [licenceChoice(licence)] }),
  }
}

/** Debian's short names where they mean the same as an SPDX identifier; anything else is given as it was found. */
const spdx: Readonly<Record<string, string>> = {
  'AGPL-3': 'AGPL-3.0-only',
  'AGPL-3+': 'AGPL-3.0-or-later',
  'Apache-2': 'Apache-2.0',
  'Apache-2.0': 'Apache-2.0',
  'BSD-2-clause': 'BSD-2-Clause',
  'BSD-2-Clause': 'BSD-2-Clause',
  'BSD-3-clause': 'BSD-3-Clause',
  'BSD-3-Clause': 'BSD-3-Clause',
  'BSL-1.0': 'BSL-1.0',
  'CC0-1.0': 'CC0-1.0',
  Expat: 'MIT',
  'GPL-1+': 'GPL-1.0-or-later',
  'GPL-2': 'GPL-2.0-only',
  'GPL-2+': 'GPL-2.0-or-later',
  'GPL-3': 'GPL-3.0-only',
  'GPL-3+': 'GPL-3.0-or-later',
  ISC: 'ISC',
  'LGPL-2': 'LGPL-2.0-only',
  'LGPL-2+': 'LGPL-2.0-or-later',
  'LGPL-2.1': 'LGPL-2.1-only',
  'LGPL-2.1+': 'LGPL-2.1-or-later',
  'LGPL-3': 'LGPL-3.0-only',
  'LGPL-3+': 'LGPL-3.0-or-later',
  MIT: 'MIT',
  'MPL-2.0': 'MPL-2.0',
  Zlib: 'Zlib',
  zlib: 'Zlib',
}

function licenceChoice(name: string): LicenceChoice {
  const id = spdx[name]
  return { license: id === undefined ? { name } : { id } }
}
