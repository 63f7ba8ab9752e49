import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Argv, RunOptions, RunResult } from '../../agent/system/system.ts'
import { localSystem } from '../../agent/system/local.ts'
import type { Client } from '../../cli/lab/client.ts'
import { until } from '../../cli/lab/until.ts'
import { workstationTree } from './workstation-tree.ts'

/** A Debian workstation on a device's place in the network: smbclient, kinit, ldapsearch, net, winbindd, eapol_test, smbtorture. */
export interface Workstation {
  readonly name: string
  /** Put in front of an argv to run it on the workstation. */
  readonly enter: Argv
  run(argv: Argv, options?: RunOptions): Promise<RunResult>
  /** Writes a file of the workstation's own. */
  write(path: string, text: string, mode?: string): Promise<void>
}

/**
 * Arguments: tree, host name, resolver's file, file for the process id. Everything that is mounted and written belongs
 * to this process and vanishes with it.
 */
const holdScript = `set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir="$1",upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
mount -t proc proc /mnt/root/proc
mount --rbind /dev /mnt/root/dev
mount -t tmpfs tmpfs /mnt/root/run
mkdir -p /mnt/root/run/samba
rm -f /mnt/root/etc/resolv.conf
: > /mnt/root/etc/resolv.conf
mount --bind "$3" /mnt/root/etc/resolv.conf
printf '127.0.0.1 localhost\\n' > /mnt/root/etc/hosts
hostname "$2"
echo $$ > "$4"
exec sleep infinity`

const writeScript = 'install -D -m "$1" /dev/null "$2" && cat >"$2"'
const background = 'setsid "$@" </dev/null >/dev/null 2>&1 &'

/** Sets a workstation up on a device that is switched on; it goes with the lab. */
export async function workstationOn(client: Client): Promise<Workstation> {
  const tree = await workstationTree()
  const host = localSystem()
  const names = `/etc/netns/${client.namespace}/resolv.conf`
  const pidFile = join(tmpdir(), `${client.namespace}.pid`)
  const hold = ['unshare', '--mount', '--uts', 'sh', '-c', holdScript, 'hold', tree, client.name, names, pidFile]
  await client.run(['sh', '-c', background, 'start', ...hold])
  const pid = await until(async () => (await host.files.read(pidFile))?.trim() || false, {
    what: `the workstation ${client.name} to be set up`,
  })
  await host.files.remove(pidFile)
  const [program, ...rest] = client.enter
  const inside = ['nsenter', '-t', pid, '-m', '-u', '--', 'chroot', '/mnt/root', ...environment]
  const enter: Argv = [program, ...rest, ...inside]
  const run = (argv: Argv, options?: RunOptions): Promise<RunResult> => host.processes.run([...enter, ...argv], options)
  return {
    name: client.name,
    enter,
    run,
    async write(path, text, mode = '0644') {
      await run(['sh', '-c', writeScript, 'write', mode, path], { input: text })
    },
  }
}

const environment = ['env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'LANG=C.UTF-8']
