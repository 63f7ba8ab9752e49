import t from 'tap'
import { firstStep, nextStep } from '../../../agent/accounts/way-out.ts'
import { Accounts } from '../../../agent/model/accounts.ts'
import { Role } from '../../../agent/model/person.ts'

const day = 86_400_000
const { leaving } = Accounts.parse({ leaving: { guest: { tolerated: 0, disabled: 7 } } })

t.test('each role takes its own time', async (t) => {
  for (const [role, tolerated, disabled] of [
    ['pupil', 30, 60],
    ['teacher', 60, 90],
    ['staff', 60, 90],
    ['parent', 30, 60],
    ['administrator', 0, 90],
    ['guest', 0, 7],
  ] as const) {
    t.equal(firstStep(role, leaving), tolerated > 0 ? 'tolerated' : 'disabled', role)
    t.strictSame(nextStep({ role, state: 'tolerated', since: 5 }, leaving), {
      state: 'disabled',
      at: 5 + tolerated * day,
    })
    t.strictSame(nextStep({ role, state: 'disabled', since: 5 }, leaving), { state: 'removed', at: 5 + disabled * day })
  }
})

t.test('who stays and who is gone waits for nothing', async (t) => {
  for (const role of Role.options) {
    t.equal(nextStep({ role, state: 'active', since: 5 }, leaving), undefined)
    t.equal(nextStep({ role, state: 'removed', since: 5 }, leaving), undefined)
  }
})
