import t from 'tap'
import { checkAll } from '../../../agent/engine/prepare.ts'
import type { Prepared } from '../../../agent/engine/resource.ts'
import { BoxError } from '../../../agent/errors.ts'

const checked = (name: string, check: () => Promise<void>): Prepared => ({
  name,
  files: [],
  check,
  warn: async () => [],
  plan: async () => [],
  reload: async () => undefined,
  probe: async () => [],
})
const declines = (name: string) =>
  checked(name, async () => {
    throw new BoxError('SERVICE_CHECK_FAILED', `${name} declines`)
  })
const judge = (...prepared: readonly Prepared[]) => checkAll(prepared, 1, {} as never)

t.test('what every service declines is told, in their order', async (t) => {
  await judge(checked('dns', async () => undefined))
  await t.rejects(
    judge(
      declines('dns'),
      checked('time', async () => undefined),
      declines('dhcp'),
    ),
    {
      message: 'dns, dhcp would not take this state',
      problems: [
        { path: 'dns', message: 'dns declines' },
        { path: 'dhcp', message: 'dhcp declines' },
      ],
    },
  )
})

t.test('no check is at work any more when a fault of ours comes to light', async (t) => {
  const slow = Promise.withResolvers<void>()
  const ended = { yes: false }
  const judging = judge(
    checked('dns', async () => {
      throw new TypeError('a fault')
    }),
    checked('dhcp', async () => {
      await slow.promise
      ended.yes = true
    }),
  )
  setImmediate(() => slow.resolve())
  await t.rejects(judging, { name: 'TypeError', message: 'a fault' })
  t.ok(ended.yes)
})
