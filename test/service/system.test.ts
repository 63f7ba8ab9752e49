import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, open, rm, rmdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { filesUnder } from '../../agent/system/files.ts'
import { networkUnder } from '../../agent/system/network.ts'
import { localSystem } from '../../agent/system/local.ts'
import { processesOf } from '../../agent/system/processes.ts'
import { groundOf } from '../../cli/lab/group.ts'
import { layoutOf } from '../../cli/lab/layout.ts'

t.test('a file is replaced whole, with its mode, under the root', async (t) => {
  const root = t.testdir({ etc: {} })
  const files = filesUnder(root)
  await files.write('/etc/one.conf', 'first\n', 0o640)
  await files.write('/etc/one.conf', 'second\n', 0o640)
  t.equal(readFileSync(join(root, 'etc/one.conf'), 'utf8'), 'second\n')
  t.equal(lstatSync(join(root, 'etc/one.conf')).mode & 0o777, 0o640)
  t.strictSame(await files.list('/etc'), ['one.conf'], 'no candidate is left')
})

t.test('what is not there is undefined or empty, not an error', async (t) => {
  const files = filesUnder(t.testdir({ file: 'x' }))
  t.equal(await files.read('/none'), undefined)
  t.equal(await files.read('/file/below'), undefined)
  t.equal(await files.stat('/none'), undefined)
  t.equal(await files.readLink('/file'), undefined)
  t.strictSame(await files.list('/none'), [])
  await files.remove('/none')
})

t.test('what the kernel takes away between opening and reading was not there', async (t) => {
  const files = filesUnder()
  const opened = async (path: string) => {
    const handle = await open(path)
    t.teardown(() => handle.close())
    return `/proc/self/fd/${handle.fd}`
  }
  const program = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] })
  const process = await opened(`/proc/${program.pid}/stat`)
  program.stdin.end()
  await once(program, 'exit')
  t.equal(await files.read(process), undefined)
  const { group } = await groundOf(layoutOf(`test-${crypto.randomUUID().slice(0, 8)}`), localSystem())
  await mkdir(group)
  const events = await opened(`${group}/cgroup.events`)
  await rmdir(group)
  t.equal(await files.read(events), undefined)
})

t.test('a link is repointed in one step', async (t) => {
  const files = filesUnder(t.testdir({}))
  await files.link('/current', 'generations/1')
  await files.link('/current', 'generations/2')
  t.equal(await files.readLink('/current'), 'generations/2')
})

t.test('several replace the same file or link at once: one of them is there, whole', async (t) => {
  const files = filesUnder(t.testdir({}))
  const all = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(1_000_000))
  await Promise.all(all.map((text) => files.write('/file', text)))
  t.ok(all.includes((await files.read('/file')) ?? ''))
  const targets = ['generations/1', 'generations/2', 'generations/3', 'generations/4']
  await Promise.all(targets.map((target) => files.link('/current', target)))
  t.ok(targets.includes((await files.readLink('/current')) ?? ''))
  t.strictSame(await files.list('/'), ['current', 'file'], 'no candidate is left')
})

t.test('a full disk is said, and the old file stays', async (t) => {
  const root = join(t.testdir({ disk: {} }), 'disk')
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', root])
  try {
    const files = filesUnder(root)
    await files.write('/state', 'good')
    await t.rejects(files.write('/state', 'x'.repeat(100_000)), { code: 'DISK_FULL', message: /\/state/ })
    t.equal(await files.read('/state'), 'good')
    t.strictSame(await files.list('/'), ['state'], 'the half-written candidate is gone')
  } finally {
    execFileSync('umount', [root])
  }
})

t.test('a folder that cannot be written is named', async (t) => {
  const root = t.testdir({ folder: {} })
  const files = filesUnder(root)
  writeFileSync(join(root, 'folder/file'), 'x')
  mkdirSync(join(root, 'folder/taken'))
  chmodSync(join(root, 'folder'), 0o755)
  await t.rejects(files.write('/folder/taken', 'y'), { code: 'FILE_UNWRITABLE', message: /\/folder\/taken/ })
})

t.test('a program gets its input and gives its output', async (t) => {
  const processes = processesOf()
  t.match(await processes.run(['cat'], { input: 'secret' }), { status: 0, stdout: 'secret' })
  t.match(await processes.run(['sh', '-c', 'exit 3'], { accept: [3] }), { status: 3 })
  const seen: string[] = []
  await processes.run(['sh', '-c', 'echo one; echo two >&2'], { onLine: (line) => seen.push(line) })
  t.strictSame(seen.toSorted(), ['one', 'two'])
})

t.test('a program that fails is quoted, one that hangs is ended, one that lacks is named', async (t) => {
  const processes = processesOf()
  await t.rejects(processes.run(['sh', '-c', 'echo broken pipe >&2; exit 2']), {
    code: 'PROCESS_FAILED',
    message: 'sh ended with status 2: broken pipe',
  })
  await t.rejects(processes.run(['sleep', '30'], { timeout: 50 }), { code: 'PROCESS_TIMEOUT' })
  for (const tied of [false, true]) {
    await t.rejects(processes.run(['no-such-program'], { tied }), { code: 'TOOL_MISSING', message: /no-such-program/ })
  }
  await t.rejects(processes.run(['sleep', '30'], { signal: AbortSignal.abort() }), { code: 'INTERRUPTED' })
})

t.test('a program in front of every program', async (t) => {
  t.match(await processesOf(['env', 'WHERE=inside']).run(['printenv', 'WHERE']), { stdout: 'inside\n' })
})

t.test('a Unix socket is asked to the end of its answer', async (t) => {
  // Not in the checkout: the path of a socket has at most 107 bytes.
  const root = await mkdtemp(join(tmpdir(), 'iserv-socket-'))
  t.teardown(() => rm(root, { recursive: true }))
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const parts: Buffer[] = []
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.on('end', () => socket.end(`heard ${Buffer.concat(parts).toString()}`))
  })
  t.teardown(() => server.close())
  await new Promise<void>((resolve) => server.listen(join(root, 's'), resolve))
  const network = networkUnder(root)
  t.equal(await network.exchange('/s', 'hello'), 'heard hello')
  await t.rejects(network.exchange('/none', 'hello'), { code: 'SOCKET_UNREACHABLE', message: /\/none/ })
})
