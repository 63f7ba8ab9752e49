import { randomUUID } from 'node:crypto'
import { constants, watch } from 'node:fs'
import {
  copyFile,
  open,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  statfs,
  symlink,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BoxError } from '../errors.ts'
import type { Files, Text } from './system.ts'

/**
 * Files on this machine.
 * @param root put in front of every path: a test's folder, or a container's root under /proc.
 */
export function filesUnder(root = ''): Files {
  const at = (path: string): string => (root === '' ? path : join(root, path))
  return {
    read: (path) => orUndefined(readFile(at(path), 'utf8'), 'FILE_UNREADABLE', path),
    readFrom: async (path, start, end) =>
      (await orUndefined(readPart(at(path), start, end), 'FILE_UNREADABLE', path)) ?? '',
    readBytes: (path) => orUndefined(readFile(at(path)), 'FILE_UNREADABLE', path),
    write: (path, content, mode = 0o644) =>
      guard('FILE_UNWRITABLE', path, () => replace(at(path), (candidate) => writeThrough(candidate, content, mode))),
    async stat(path) {
      const stat = await orUndefined(lstat(at(path)), 'FILE_UNREADABLE', path)
      if (stat === undefined) return undefined
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'other'
      return {
        kind,
        size: stat.size,
        mode: stat.mode & 0o7777,
        owner: stat.uid,
        group: stat.gid,
        modified: stat.mtimeMs,
      }
    },
    list: async (path) => ((await orUndefined(readdir(at(path)), 'FILE_UNREADABLE', path)) ?? []).toSorted(),
    makeFolder: (path, mode = 0o755) =>
      guard('FILE_UNWRITABLE', path, async () => {
        await mkdir(at(path), { recursive: true, mode })
      }),
    readLink: (path) => orUndefined(readlink(at(path)), 'FILE_UNREADABLE', path),
    link: (path, target) =>
      guard('FILE_UNWRITABLE', path, () => replace(at(path), (candidate) => symlink(target, candidate))),
    rename: (from, to) => guard('FILE_UNWRITABLE', to, () => rename(at(from), at(to))),
    copy: (from, to) =>
      guard('FILE_UNWRITABLE', to, () =>
        copyFile(at(from), at(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE),
      ),
    sync: (folder) => guard('FILE_UNWRITABLE', folder, () => syncFolder(at(folder))),
    async space(path) {
      try {
        const { bavail, blocks, bsize } = await statfs(at(path))
        return { free: bavail * bsize, total: blocks * bsize }
      } catch (error) {
        throw explain('FILE_UNREADABLE', path, error)
      }
    },
    remove: (path) => guard('FILE_UNWRITABLE', path, () => rm(at(path), { recursive: true, force: true })),
    watch(path, changed) {
      try {
        const watcher = watch(at(path), { persistent: false }, (_, name) => changed(name ?? ''))
        watcher.on('error', () => watcher.close())
        return () => watcher.close()
      } catch {
        return () => undefined
      }
    },
  }
}

async function readPart(path: string, start: number, end: number): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Puts something new in its place in one step. Others may do so at the same moment: each makes a candidate of its own. */
async function replace(place: string, make: (candidate: string) => Promise<void>): Promise<void> {
  const candidate = `${place}.${randomUUID().slice(0, 8)}.new`
  try {
    await make(candidate)
    await rename(candidate, place)
  } catch (error) {
    await rm(candidate, { force: true })
    throw error
  }
  await syncFolder(dirname(place))
}

async function writeThrough(path: string, content: Text | Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, 'w', mode)
  try {
    await handle.writeFile(content)
    // The umask may have narrowed the mode given to open.
    await handle.chmod(mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename lasts a power cut only once its folder is on disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''

function explain(code: 'FILE_UNREADABLE' | 'FILE_UNWRITABLE', path: string, cause: unknown): BoxError {
  if (codeOf(cause) === 'ENOSPC' || codeOf(cause) === 'EDQUOT') {
    return new BoxError('DISK_FULL', `No space left to write ${path}`, {
      cause,
      hint: 'Free some space on this disk (df -h shows how full it is) and try again.',
    })
  }
  const act = code === 'FILE_UNREADABLE' ? 'read' : 'write'
  return new BoxError(code, `Cannot ${act} ${path} (${codeOf(cause)})`, { cause })
}

async function guard<T>(code: 'FILE_UNREADABLE' | 'FILE_UNWRITABLE', path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw explain(code, path, error)
  }
}

/**
 * ENOTDIR too: a file where a folder was expected means that the path does not exist. EINVAL: no symbolic link. Files of
 * processes (ESRCH) and of control groups (ENODEV) may go between opening and reading.
 */
const absent = ['ENOENT', 'ENOTDIR', 'EINVAL', 'ESRCH', 'ENODEV']

async function orUndefined<T>(
  reading: Promise<T>,
  code: 'FILE_UNREADABLE' | 'FILE_UNWRITABLE',
  path: string,
): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (absent.includes(codeOf(error))) return undefined
    throw explain(code, path, error)
  }
}
