import type { Argv } from '../../agent/system/system.ts'
import { type Box, endedEarly } from './box.ts'
import { type Ground, inGroup, leafAlive, processesIn, startInGroup } from './group.ts'
import { type Layout, namespaceOf } from './layout.ts'
import { until } from './until.ts'

/**
 * The box as a container: systemd-nspawn over the built tree. As on a real box the root is read-only and only /var is
 * written. All mounts are made in a mount namespace of the container's own and vanish with its last process.
 */

export interface Container extends Box {
  /** The box's root folder, seen from this machine. */
  readonly root: string
  /** Put in front of an argv to run a program of this machine in the box's network. */
  readonly enterNetwork: Argv
}

/**
 * Arguments: root, lower folders of /, lower folders of /var, data folder, then nspawn and its arguments. systemd
 * refuses the old mixed control groups, so the container's mount namespace gets the unified ones only; and nspawn's
 * lock files go to a file system that vanishes with it.
 */
const bootScript = `set -e
root=$1 lower=$2 lowervar=$3 data=$4
shift 4
mkdir -p "$root" "$data/var" "$data/work" /run/systemd/nspawn
umount -R /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs tmpfs /run/systemd/nspawn
mount -t overlay -o ro,lowerdir="$lower" overlay "$root"
mount -t overlay -o lowerdir="$lowervar",upperdir="$data/var",workdir="$data/work" overlay "$root/var"
exec "$@"`

export interface ContainerSource {
  /** The built tree; never written to. */
  readonly tree: string
  /** Folders laid over the tree, the last on top. */
  readonly overlays: readonly string[]
}

/**
 * Pure: the program that boots the box.
 * @param varFolders the layers' own /var folders, the last on top
 */
export function bootArgv(layout: Layout, { tree, overlays }: ContainerSource, varFolders: readonly string[]): Argv {
  const root = `${layout.folder}/root`
  // An overlay wants at least two layers when none of them is writable.
  const lower = [...overlays.toReversed(), tree, `${layout.folder}/empty`].join(':')
  const boot = [root, lower, varFolders.toReversed().join(':'), layout.data]
  const network = `--network-namespace-path=/run/netns/${namespaceOf(layout, 'box')}`
  return [
    ...ownMounts,
    bootScript,
    'boot',
    ...boot,
    ...nspawn,
    `--directory=${root}`,
    `--machine=${layout.name}`,
    network,
  ]
}

const ownMounts = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c'] as const

const nspawn = [
  'env',
  // A container that was given its network from outside may not change it unless told so.
  'SYSTEMD_NSPAWN_API_VFS_WRITABLE=network',
  'systemd-nspawn',
  '--capability=CAP_NET_ADMIN',
  '--quiet',
  '--boot',
  '--console=pipe',
  '--register=no',
  '--keep-unit',
  '--hostname=server',
  '--resolv-conf=off',
  '--timezone=off',
  '--link-journal=no',
]

/** Starts the container and returns as soon as its systemd runs. */
export async function bootContainer(ground: Ground, source: ContainerSource): Promise<Container> {
  const { layout, host } = ground
  await host.files.makeFolder(`${layout.folder}/empty`)
  const withVar = []
  for (const layer of [source.tree, ...source.overlays]) {
    if ((await host.files.stat(`${layer}/var`)) !== undefined) withVar.push(`${layer}/var`)
  }
  await startInGroup(ground, 'box', `${layout.folder}/box.log`, bootArgv(layout, source, withVar))
  return until(
    async () => {
      const container = await findContainer(ground)
      if (container === undefined && !(await leafAlive(ground, 'box'))) throw endedEarly()
      return container
    },
    { what: 'the box to start' },
  )
}

/** The container that runs; undefined when none does. Its first process is alone in its init.scope. */
export async function findContainer(ground: Ground): Promise<Container | undefined> {
  const group = `${ground.group}/box/payload/init.scope`
  const [leader] = await processesIn(group, ground.host)
  if (leader === undefined) return undefined
  const inside = ['nsenter', '-t', String(leader), '-m', '-u', '-i', '-n', '-p', '--']
  return {
    leader,
    group,
    root: `/proc/${leader}/root`,
    enter: [...inGroup(ground, 'world'), ...inside, ...boxEnvironment],
    enterNetwork: [
      ...inGroup(ground, 'world'),
      'nsenter',
      `--net=/run/netns/${namespaceOf(ground.layout, 'box')}`,
      '--',
    ],
  }
}

/**
 * This machine's environment says nothing on the box. `nsenter` waits outside and hands no signal on: a program on the box
 * hears from the kernel that whoever started it has gone.
 */
const boxEnvironment = [
  'env',
  '-i',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'HOME=/root',
  'LANG=C.UTF-8',
  'TERM=xterm-256color',
  'setpriv',
  '--pdeathsig=HUP',
]
