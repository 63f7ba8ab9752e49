import t from 'tap'
import { type Import, importsOf, productFiles, standsAlone } from './tree.ts'

/** Which part of the project a file belongs to: the first that fits. ARCHITECTURE.md shows the same table. */
const parts: readonly (readonly [part: string, paths: RegExp])[] = [
  ['errors', /^agent\/errors\.ts$/],
  ['door', /^agent\/system\/system\.ts$/],
  ['system', /^agent\/system\//],
  ['model', /^agent\/model\//],
  ['client', /^agent\/contract\/client\.ts$/],
  ['contract', /^agent\/contract\//],
  ['resource', /^agent\/engine\/resource\.ts$/],
  ['engine', /^agent\/engine\//],
  ['nftables', /^agent\/nftables\//],
  ['tables', /^agent\/tables\//],
  ['devices', /^agent\/devices\//],
  ['readers', /^agent\/accounts\/read\//],
  ['accounts', /^agent\/accounts\//],
  ['resources', /^agent\/resources\/index\.ts$/],
  ['one resource', /^agent\/resources\/[^/]+\//],
  ['guessing', /^agent\/guessing\//],
  ['sockets', /^agent\/sockets\//],
  ['health', /^agent\/health\//],
  ['platform', /^agent\/platform\//],
  ['agent start', /^agent\/[^/]+\.ts$/],
  ['command', /^cli\/command\.ts$/],
  ['problems', /^cli\/problems\.ts$/],
  ['commands list', /^cli\/commands\/index\.ts$/],
  ['completion', /^cli\/commands\/completion\//],
  ['commands', /^cli\/commands\//],
  ['output', /^cli\/output\//],
  ['connection', /^cli\/agent\//],
  ['build', /^cli\/build\//],
  ['lab program', /^cli\/lab\/(hand|internet|reach)\.ts$/],
  ['lab', /^cli\/lab\//],
  ['program start', /^cli\/(main|process)\.ts$/],
  ['frame', /^cli\/[^/]+\.ts$/],
]

const pureNode = ['node:net', 'node:path']
const node = ['node:*']

/** What each part may import besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  door: [],
  system: ['door', 'errors', 'execa', 'ldapts', ...node],
  model: ['errors', 'zod', 'yaml', ...pureNode],
  client: ['contract', 'errors', 'zod', 'node:http'],
  contract: ['model', 'errors', 'zod'],
  resource: ['model', 'errors', 'door'],
  engine: ['resource', 'model', 'errors', 'door', 'zod', ...node],
  nftables: ['zod', ...pureNode],
  tables: ['errors'],
  devices: ['tables', 'model', 'errors', ...pureNode],
  readers: ['tables', 'model', 'errors', 'zod', '@zip.js/zip.js', 'saxes', ...pureNode],
  accounts: ['readers', 'engine', 'model', 'contract', 'errors', 'door', 'zod', 'qr', 'pdfkit', ...node],
  resources: ['one resource', 'resource'],
  'one resource': [
    'resource',
    'model',
    'errors',
    'door',
    'nftables',
    'zod',
    'node:crypto',
    'node:timers/promises',
    ...pureNode,
  ],
  guessing: ['nftables', 'door', 'zod', 'node:timers/promises', ...pureNode],
  sockets: [
    'engine',
    'resource',
    'resources',
    'one resource',
    'contract',
    'model',
    'devices',
    'accounts',
    'readers',
    'errors',
    'door',
    'zod',
    ...node,
  ],
  health: ['model', 'contract', 'errors', 'door', 'zod', ...pureNode],
  platform: ['client', 'contract', 'model', 'errors', 'zod', ...node],
  'agent start': [
    'system',
    'door',
    'engine',
    'resource',
    'resources',
    'one resource',
    'sockets',
    'accounts',
    'guessing',
    'health',
    'contract',
    'model',
    'errors',
    ...node,
  ],
  command: ['contract', 'door', 'zod'],
  problems: ['command', 'errors'],
  'commands list': ['command', 'commands', 'completion'],
  completion: ['command', 'commands list', 'frame', 'zod'],
  commands: [
    'command',
    'problems',
    'build',
    'lab',
    'model',
    'devices',
    'readers',
    'contract',
    'errors',
    'door',
    'zod',
    ...pureNode,
  ],
  output: ['command', 'problems', 'contract', 'errors'],
  connection: ['client', 'contract', 'errors', 'door', ...node],
  build: ['model', 'contract', 'errors', 'door', 'command', 'zod', ...node],
  'lab program': ['lab', 'system', 'errors', 'door', ...node],
  lab: ['build', 'model', 'contract', 'errors', 'door', 'command', 'zod', ...node],
  'program start': [
    'frame',
    'command',
    'commands list',
    'output',
    'connection',
    'lab',
    'system',
    'door',
    'errors',
    ...node,
  ],
  frame: [
    'command',
    'commands list',
    'output',
    'connection',
    'model',
    'contract',
    'errors',
    'system',
    'door',
    'zod',
    'commander',
    ...node,
  ],
}

function partOf(path: string): string {
  if (!/^(agent|cli|test)\//.test(path)) return path
  return parts.find(([, paths]) => paths.test(path))?.[0] ?? 'nowhere'
}

/** A resource is one folder: it may import itself but none of its neighbours. */
function sameFolder({ from, to }: Import): boolean {
  const folder = (path: string) => path.split('/').slice(0, 3).join('/')
  return folder(from) === folder(to)
}

function mayImport(edge: Import): boolean {
  const from = partOf(edge.from)
  const to = partOf(edge.to)
  if (from === to) return from !== 'one resource' || sameFolder(edge)
  return (allowed[from] ?? []).some((name) => name === to || (name === 'node:*' && to.startsWith('node:')))
}

const edges = productFiles().flatMap((path) => importsOf(path))

t.test('every file belongs to a part of the project', async (t) => {
  t.ok(edges.length > 100, 'imports are found at all')
  t.strictSame(
    productFiles().filter((path) => partOf(path) === 'nowhere'),
    [],
  )
})

t.test('nobody imports what the table does not allow', async (t) => {
  const wrong = edges.filter((edge) => !mayImport(edge) && edge.to !== 'package.json')
  t.strictSame(
    wrong.map(({ from, to }) => `${from} (${partOf(from)}) imports ${to} (${partOf(to)})`),
    [],
  )
})

t.test('one door per library', async (t) => {
  const doors: Readonly<Record<string, RegExp>> = {
    execa: /^agent\/system\/processes\.ts$/,
    'node:child_process': /^$/,
    'node:fs': /^agent\/(system\/|engine\/(ledger|database)\.ts$)/,
    'node:fs/promises': /^agent\/system\//,
    'node:sqlite': /^agent\/engine\/database\.ts$/,
    'node:ffi': /^agent\/system\/ffi\.ts$/,
    ldapts: /^agent\/system\/ldap\.ts$/,
    '@zip.js/zip.js': /^agent\/accounts\/read\/zip\.ts$/,
    saxes: /^agent\/accounts\/read\/xml\.ts$/,
    pdfkit: /^agent\/accounts\/letters\/pdf\.ts$/,
    commander: /^cli\/program\.ts$/,
    yaml: /^agent\/model\//,
  }
  const wrong = edges.filter(
    ({ from, to, types }) => !types && doors[to] !== undefined && !doors[to].test(from) && !standsAlone(from),
  )
  t.strictSame(
    wrong.map(({ from, to }) => `${from} imports ${to}`),
    [],
  )
})

t.test('no cycles among the imports that remain at run time', async (t) => {
  const next = Map.groupBy(
    edges.filter(({ types, late }) => !types && !late),
    ({ from }) => from,
  )
  const finished = new Set<string>()
  const cycleFrom = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (finished.has(path)) return undefined
    for (const { to } of next.get(path) ?? []) {
      const cycle = cycleFrom(to, [...trail, path])
      if (cycle !== undefined) return cycle
    }
    finished.add(path)
    return undefined
  }
  for (const path of next.keys()) t.equal(cycleFrom(path, [])?.join(' → '), undefined)
})
