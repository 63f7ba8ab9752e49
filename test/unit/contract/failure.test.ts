import t from 'tap'
import { Failure, fromFailure, httpStatus, toFailure } from '../../../agent/contract/failure.ts'
import { BoxError } from '../../../agent/errors.ts'

t.test('an error is the same on both sides of the socket', async (t) => {
  const cause = new BoxError('PROCESS_FAILED', 'nft ended with status 1', { cause: new Error('syntax error') })
  const problems = [{ severity: 'error', path: 'rooms[7]', message: 'unknown key', line: 31 }] as const
  const error = new BoxError('SERVICE_CHECK_FAILED', 'firewall', { hint: 'look there', cause, problems })
  const arrived = fromFailure(Failure.parse(JSON.parse(JSON.stringify(toFailure(error)))))
  t.match(arrived, { code: 'SERVICE_CHECK_FAILED', message: 'firewall', hint: 'look there', problems })
  t.match(arrived.cause, { message: 'nft ended with status 1', cause: { message: 'syntax error' } })
})

t.test('a code of a newer agent is a refusal with its own words', async (t) => {
  const failure = { code: 'MOON_FULL', message: 'not tonight', causes: [], problems: [] }
  t.match(fromFailure(failure), { code: 'AGENT_REFUSED', message: 'not tonight' })
})

t.test('the HTTP status follows the class of the code', async (t) => {
  t.strictSame(
    (['STATE_INVALID', 'STATE_NEWER', 'NFT_REFUSED', 'DISK_FULL', 'INTERRUPTED'] as const).map(httpStatus),
    [400, 409, 502, 503, 500],
  )
})
