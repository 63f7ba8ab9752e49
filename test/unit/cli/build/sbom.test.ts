import t from 'tap'
import { licenceNames } from '../../../../cli/build/licence.ts'
import { productionModules } from '../../../../cli/build/modules.ts'
import { billOfMaterials } from '../../../../cli/build/sbom.ts'

const sha256 = 'a'.repeat(64)

t.test('licences from a copyright file', async (t) => {
  const text = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Files: *
License: BSD-3-clause

Files: debian/*
License: GPL-2+
 On Debian systems …

License: BSD-3-clause
 Redistribution …
`
  t.same(licenceNames(text), ['BSD-3-clause', 'GPL-2+'])
  t.same(
    licenceNames('This package was debianized by hand.\nLicense: whatever\n'),
    [],
    'only the machine-readable format',
  )
})

t.test('modules that run on the box', async (t) => {
  const found = productionModules(
    JSON.stringify({
      packages: {
        '': { version: '0.1.0' },
        'node_modules/zod': { version: '4.6.7', license: 'MIT', integrity: 'sha512-AAAA' },
        'node_modules/execa/node_modules/@a/b': { version: '1.0.0' },
        'node_modules/tap': { version: '21.8.0', dev: true },
        'node_modules/fsevents': { version: '2.0.0', optional: true },
        'node_modules/shared': { version: '1.0.0', devOptional: true },
      },
    }),
  )
  t.same(
    found.map(({ name, version }) => `${name} ${version}`),
    ['@a/b 1.0.0', 'zod 4.6.7'],
  )
})

t.test('CycloneDX 1.6', async (t) => {
  const bill = billOfMaterials({
    role: 'school',
    version: '0.1.0+abc',
    digest: 'digest',
    lock: {
      format: 1,
      role: 'school',
      release: 'trixie',
      epoch: 1_757_000_000,
      tools: [],
      packages: [
        { name: 'libstdc++6', version: '1:14.2.0-19', architecture: 'amd64', sha256, size: 1, path: 'pool/x.deb' },
      ],
    },
    licences: { 'libstdc++6': ['GPL-3+', 'GFDL-NIV-1.3+'] },
    modules: [
      { folder: 'node_modules/@a/b', name: '@a/b', version: '1.0.0', licence: 'MIT', integrity: 'sha512-AAAA' },
    ],
  })
  t.match(bill, {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: /^urn:uuid:[0-9a-f-]{36}$/,
    metadata: { timestamp: '2025-09-04T15:33:20.000Z', component: { type: 'operating-system', version: '0.1.0+abc' } },
    components: [
      {
        purl: 'pkg:deb/debian/libstdc%2B%2B6@1%3A14.2.0-19?arch=amd64&distro=debian-13',
        hashes: [{ alg: 'SHA-256', content: sha256 }],
        licenses: [{ license: { id: 'GPL-3.0-or-later' } }, { license: { name: 'GFDL-NIV-1.3+' } }],
      },
      {
        purl: 'pkg:npm/%40a/b@1.0.0',
        hashes: [{ alg: 'SHA-512', content: '000000' }],
        licenses: [{ license: { id: 'MIT' } }],
      },
    ],
  })
})
