import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { labName } from '../../cli/lab/example.ts'
import { boxHere } from '../../cli/lab/here.ts'
import type { LabRecord } from '../../cli/lab/record.ts'

/** Which box a command on this machine means. The machine is a folder: only its files are looked at. */

const record = (kind: LabRecord['kind']): LabRecord => {
  const parts = { tied: false, source: '', ports: ['uplink0'], clients: [] } as const
  return { version: 1, name: labName, kind, phase: 'running', owner: { pid: 1, started: '1' }, ...parts }
}

const machineWith = (kind: LabRecord['kind']) => ({
  proc: { self: { mounts: 'cgroup2 /cgroup cgroup2 rw 0 0\n' } },
  cgroup: {
    [`iserv-lab.${labName}`]: {
      box: { 'cgroup.procs': '4711\n', payload: { 'init.scope': { 'cgroup.procs': '4711\n' } } },
    },
  },
  run: { 'iserv-lab': { [labName]: { 'lab.json': JSON.stringify(record(kind)) } } },
})

t.test('where no lab runs, and on a box, it is the machine itself', async (t) => {
  for (const content of [{}, { ...machineWith('machine'), run: { iserv: { 'agent.sock': '' } } }]) {
    const here = await boxHere(localSystem({ root: t.testdir(content) }), (line) => t.fail(line))
    t.strictSame(here, { enter: [], root: '' })
  }
})

t.test('the container of the lab is meant, and said to be', async (t) => {
  const said: string[] = []
  const { root, enter } = await boxHere(localSystem({ root: t.testdir(machineWith('container')) }), (line) =>
    said.push(line),
  )
  t.equal(root, '/proc/4711/root')
  t.ok(enter.includes('4711'))
  t.strictSame(said, [`(the server of the lab ${labName})`])
})

t.test('a virtual machine is not asked from outside: its shell is named', async (t) => {
  await t.rejects(
    boxHere(localSystem({ root: t.testdir(machineWith('machine')) }), (line) => t.fail(line)),
    {
      code: 'AGENT_UNREACHABLE',
      message: /virtual machine/,
      hint: /lab shell -- iserv-ctl/,
    },
  )
})
