import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { labName } from '../../cli/lab/example.ts'
import { boxHere } from '../../cli/lab/here.ts'
import { listLabs } from '../../cli/lab/lab.ts'
import type { LabRecord } from '../../cli/lab/record.ts'

/** Which box a command on this machine means. The machine is a folder: only its files are looked at. */

interface Known {
  readonly name: string
  readonly kind: LabRecord['kind']
  /** Its server has been switched off from inside. */
  readonly ended?: boolean
}

const recordOf = ({ name, kind }: Known): LabRecord => {
  const parts = { tied: false, source: '', ports: ['uplink0'], clients: [] } as const
  return { version: 1, name, kind, phase: 'running', owner: { pid: 1, started: '1' }, ...parts }
}

const processes = (pids: string) => ({ 'cgroup.procs': pids })

/** A machine on which these labs are known. */
const machineWith = (...labs: readonly Known[]) => ({
  proc: { self: { mounts: 'cgroup2 /cgroup cgroup2 rw 0 0\n' } },
  cgroup: Object.fromEntries(
    labs.map(({ name, ended = false }) => [
      `iserv-lab.${name}`,
      { box: { ...processes(ended ? '' : '4711\n'), payload: { 'init.scope': processes(ended ? '' : '4711\n') } } },
    ]),
  ),
  run: {
    'iserv-lab': Object.fromEntries(labs.map((lab) => [lab.name, { 'lab.json': JSON.stringify(recordOf(lab)) }])),
  },
})

const machine: Known = { name: labName, kind: 'machine' }
const container: Known = { name: labName, kind: 'container' }
const second: Known = { name: 'second', kind: 'container' }

t.test('where no lab runs, and on a box, it is the machine itself', async (t) => {
  for (const content of [
    {},
    machineWith({ ...container, ended: true }),
    { ...machineWith(machine), run: { iserv: { 'agent.sock': '' } } },
  ]) {
    const here = await boxHere(localSystem({ root: t.testdir(content) }), (line) => t.fail(line))
    t.strictSame(here, { enter: [], root: '' })
  }
})

t.test('the one lab that runs is meant, whatever its name, and said to be', async (t) => {
  for (const labs of [[container], [second], [{ ...container, ended: true }, second]]) {
    const said: string[] = []
    const system = localSystem({ root: t.testdir(machineWith(...labs)) })
    const { root, enter } = await boxHere(system, (line) => said.push(line))
    t.equal(root, '/proc/4711/root')
    t.ok(enter.includes('4711'))
    t.strictSame(said, [`(the server of the lab ${labs.at(-1)?.name})`])
  }
})

t.test('where several labs run none is taken: how to name one is said', async (t) => {
  await t.rejects(
    boxHere(localSystem({ root: t.testdir(machineWith(container, second)) }), (line) => t.fail(line)),
    {
      code: 'AGENT_UNREACHABLE',
      message: `2 labs run: ${labName}, second. Which one is meant?`,
      hint: `For example: iserv-ctl lab shell --name ${labName} -- iserv-ctl box status`,
    },
  )
})

t.test('labs are listed with what is left of them; those of tests are not', async (t) => {
  const content = machineWith(container, { ...second, ended: true })
  const labs = {
    ...content.run['iserv-lab'],
    other: { 'lab.json': '{"version":9}' },
    mine: { 'lab.json': JSON.stringify({ ...recordOf({ ...second, name: 'mine' }), tied: true }) },
    empty: {},
  }
  const found = await listLabs(localSystem({ root: t.testdir({ ...content, run: { 'iserv-lab': labs } }) }))
  t.strictSame(
    found.map(({ name, state }) => [name, state]),
    [
      ['other', 'unknown'],
      [labName, 'running'],
      ['second', 'ended'],
    ],
  )
})

t.test('a virtual machine is not asked from outside: its shell is named', async (t) => {
  await t.rejects(
    boxHere(localSystem({ root: t.testdir(machineWith(machine)) }), (line) => t.fail(line)),
    {
      code: 'AGENT_UNREACHABLE',
      message: /virtual machine/,
      hint: `Ask it from there: iserv-ctl lab shell --name ${labName} -- iserv-ctl box status`,
    },
  )
})
