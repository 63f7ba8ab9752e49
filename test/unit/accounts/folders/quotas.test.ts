import t from 'tap'
import { limitLines, refreshUsage, settleQuotas, usageOf } from '../../../../agent/accounts/folders/quotas.ts'
import type { Register } from '../../../../agent/model/register.ts'
import { Shares } from '../../../../agent/model/shares.ts'
import { exampleSchool } from '../../../support/school.ts'

t.test('limits are lines for setquota, in KiB', async (t) => {
  const limits = limitLines([
    [100_001, 2 ** 31],
    [100_002, undefined],
  ])
  t.equal(limits, '100001 0 2097152 0 0\n100002 0 0 0 0\n')
})

t.test("repquota's report is read by number", async (t) => {
  const report = [
    'User,BlockStatus,FileStatus,BlockUsed,BlockSoftLimit,BlockHardLimit,BlockGrace,FileUsed,FileSoftLimit,FileHardLimit,FileGrace',
    '#0,ok,ok,73300,0,0,0,1534,0,0,0',
    '#100001,ok,ok,20480,0,2097152,0,3,0,0,0',
  ].join('\n')
  t.strictSame(usageOf(report), [
    { number: 0, used: 75_059_200, limit: undefined },
    { number: 100_001, used: 20_971_520, limit: 2 ** 31 },
  ])
})

/** A kernel that counts, behind a unit that reads what is wanted once, at its start. */
function counting() {
  const files = new Map<string, string>()
  const limits = new Map<string, string>()
  const at = '/var/lib/iserv/quota'
  let running: Promise<void> | undefined
  const unit = async () => {
    for (const line of (files.get(`${at}/limits`) ?? '').split('\n').filter(Boolean)) {
      const [number = '', , hard = ''] = line.split(' ')
      limits.set(number, hard)
    }
    await tick()
    files.delete(`${at}/limits`)
    const lines = [...limits].map(([number, hard]) => `#${number},ok,ok,4,0,${hard},0,1,0,0,0`)
    files.set(`${at}/report.csv`, lines.join('\n'))
    running = undefined
  }
  const system = {
    files: {
      makeFolder: async () => undefined,
      read: async (path: string) => files.get(path),
      write: async (path: string, text: string) => void files.set(path, text),
      remove: async (path: string) => void files.delete(path),
    },
    // A unit that runs already is not started a second time: whoever starts it waits for the one that runs.
    units: { start: () => (running ??= unit()) },
  }
  return { system: system as unknown as Parameters<typeof refreshUsage>[0], limits, files }
}

const tick = () => new Promise((resolve) => setImmediate(resolve))

const pupils = { people: [100_001, 100_002].map((number) => ({ number, role: 'pupil' })) } as unknown as Register
const limited = (pupil: string) => ({ ...exampleSchool(), shares: Shares.parse({ quota: { pupil } }) })

t.test('whoever asks while limits are being set takes none of them away', async (t) => {
  const { system, limits } = counting()
  await refreshUsage(system)
  const asked = refreshUsage(system)
  const set = settleQuotas(pupils, limited('20MB'), system)
  const again = refreshUsage(system)
  t.strictSame(await set, [])
  await Promise.all([asked, again])
  t.strictSame(Object.fromEntries(limits), { 100001: '20480', 100002: '20480' })
})

t.test('limits that could not be set are not set by whoever asks next', async (t) => {
  const { system, limits, files } = counting()
  await refreshUsage(system)
  const failing = {
    ...system,
    units: {
      ...system.units,
      start: (unit: string) =>
        files.has('/var/lib/iserv/quota/limits') ? Promise.reject(new Error('timeout')) : system.units.start(unit),
    },
  }
  await t.rejects(settleQuotas(pupils, limited('20MB'), failing), /timeout/)
  t.equal(files.get('/var/lib/iserv/quota/limits'), undefined)
  // Nor are those that a power cut has left.
  files.set('/var/lib/iserv/quota/limits', '100001 0 20480 0 0\n')
  await refreshUsage(system)
  t.strictSame(Object.fromEntries(limits), {})
})

t.test('limits that a hand has changed are set again, though the last report knows nothing of it', async (t) => {
  const { system, limits } = counting()
  await settleQuotas(pupils, limited('20MB'), system)
  limits.set('100001', '99')
  limits.delete('100002')
  t.strictSame(await settleQuotas(pupils, limited('20MB'), system), [])
  t.strictSame(Object.fromEntries(limits), { 100001: '20480', 100002: '20480' })
})

t.test('a limit that the kernel did not take is an error', async (t) => {
  const { system, limits } = counting()
  await settleQuotas(pupils, limited('20MB'), system)
  limits.set = () => limits
  await t.rejects(settleQuotas(pupils, limited('30MB'), system), {
    code: 'PROCESS_FAILED',
    message: /100001 100002/,
  })
})
