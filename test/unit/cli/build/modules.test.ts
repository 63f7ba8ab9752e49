import t from 'tap'
import { notAsLocked, productionModules } from '../../../../cli/build/modules.ts'

const zod = { version: '4.1.0', integrity: 'sha512-a' }
const lock = JSON.stringify({ packages: { '': {}, 'node_modules/zod': zod, 'node_modules/tap': { dev: true } } })
const modules = productionModules(lock)
const found = (installed: object, versions: Readonly<Record<string, string>>) =>
  notAsLocked(modules, JSON.stringify({ packages: { 'node_modules/zod': installed } }), versions)

t.test('only what is locked may come into an image', async (t) => {
  t.strictSame(found(zod, { 'node_modules/zod': '4.1.0' }), [])
  t.match(found(zod, { 'node_modules/zod': '4.0.9' }), [/zod is 4\.0\.9, locked is 4\.1\.0/], 'put there by hand')
  t.match(found({ ...zod, version: '4.0.9' }, { 'node_modules/zod': '4.1.0' }), [/locked is 4\.1\.0/])
  t.match(found({ ...zod, integrity: 'sha512-b' }, { 'node_modules/zod': '4.1.0' }), [/another archive/])
  t.match(found(zod, {}), [/not installed/])
  t.match(notAsLocked(modules, '{"packages":{}}', { 'node_modules/zod': '4.1.0' }), [/not installed/])
})
