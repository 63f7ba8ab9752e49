import { readdir, readFile } from 'node:fs/promises'
import { layoutOf } from '../../cli/lab/layout.ts'

/** Everything on this machine that bears a lab's name: files, namespaces, mounts, control groups, processes. */
export async function tracesOf(name: string): Promise<readonly string[]> {
  const { folder, data, group, prefix } = layoutOf(name)
  const named = (place: string, wanted: (entry: string) => boolean) => async () =>
    (await readdir(place).catch(() => [])).filter(wanted).map((entry) => `${place}/${entry}`)
  const last = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  const places = [
    named('/run/netns', (entry) => entry.startsWith(prefix)),
    named('/etc/netns', (entry) => entry.startsWith(prefix)),
    named('/run/iserv-lab', (entry) => entry === last(folder)),
    named('/var/cache/iserv-ctl/lab', (entry) => entry === last(data)),
    named('/run/systemd/nspawn/propagate', (entry) => entry === name),
    named('/sys/fs/cgroup', (entry) => entry === group),
    named('/sys/fs/cgroup/unified', (entry) => entry === group),
  ]
  const found = await Promise.all(places.map((look) => look()))
  return [...found.flat(), ...(await mountsOf(folder)), ...(await processesOf(name, group))]
}

async function mountsOf(folder: string): Promise<readonly string[]> {
  const mounts = await readFile('/proc/self/mounts', 'utf8')
  return mounts.split('\n').filter((line) => line.includes(folder))
}

/** Processes in the lab's group, or that name the lab in their arguments; but us, and the dead that init has yet to bury. */
async function processesOf(name: string, group: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
  const all = await Promise.all(
    pids.map(async (pid) => {
      const argv = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      const groups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '')
      const ours = argv !== '' && (groups.includes(group) || argv.split('\0').some((word) => word.includes(name)))
      return ours ? [`process ${pid} ${argv.replaceAll('\0', ' ')}`] : []
    }),
  )
  return all.flat()
}
