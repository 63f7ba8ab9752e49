import t from 'tap'
import { countsOf, failuresOf, summary } from '../../support/counts.ts'

/** TAP as tap writes it, from lines without their common indent. */
const tap = (...lines: readonly string[]): string => `TAP version 14\n${lines.join('\n')}\n`

const nested = tap(
  '# Subtest: outer',
  '    ok 1 - should be equal',
  '    # Subtest: one',
  '        ok 1 - should be equal',
  '        ok 2 - should be equal',
  '        1..2',
  '    ok 2 - one # time=1.3ms',
  '    ',
  '    # Subtest: two',
  '        not ok 1 - should be equal',
  '          ---',
  '          source: |',
  '            not ok 7 - quoted',
  '            # Subtest: quoted',
  '          ...',
  '        1..1',
  '    not ok 3 - two # time=1ms',
  '    ok 4 - three # SKIP no disk',
  '    ok 5 - four # todo',
  '    1..5',
  'not ok 1 - outer # time=3ms',
  '# Subtest: property',
  '    1..0',
  'ok 2 - property # time=3ms',
  '1..2',
  '# { total: 7, pass: 4, fail: 1, todo: 1, skip: 1 }',
)

t.test('the innermost tests are counted, not their assertions', async (t) => {
  t.strictSame(countsOf(nested, 1), { passed: 2, failed: 1, skipped: 2 })
})

t.test('a title that quotes a mark is not marked', async (t) => {
  const quoted = tap('# Subtest: x', '    ok 1 - y', '    1..1', String.raw`ok 1 - x \# SKIP y # time=1ms`, '1..1')
  t.strictSame(countsOf(quoted, 0), { passed: 1, failed: 0, skipped: 0 })
})

t.test('a file of mere assertions is one test', async (t) => {
  t.strictSame(countsOf(tap('ok 1 - x', 'ok 2 - y', '1..2'), 0), { passed: 1, failed: 0, skipped: 0 })
  t.strictSame(countsOf(tap('ok 1 - x', 'not ok 2 - y', '1..2'), 1), { passed: 0, failed: 1, skipped: 0 })
})

const fine = ['# Subtest: x', '    ok 1 - y', '    1..1', 'ok 1 - x # time=1ms']

t.test('what fails outside of the tests is a failure, too', async (t) => {
  t.strictSame(countsOf(tap(...fine, '1..1'), 3), { passed: 1, failed: 1, skipped: 0 }, 'tidying up')
  t.strictSame(countsOf(tap(...fine), 'SIGKILL'), { passed: 1, failed: 1, skipped: 0 }, 'killed')
  t.strictSame(countsOf(tap(...fine, 'not ok 2 - z', '1..2'), 1), { passed: 1, failed: 1, skipped: 0 }, 'an assertion')
  const both = tap('# Subtest: a', '    not ok 1 - b', '    1..1', 'not ok 1 - a', 'not ok 2 - timeout!', '1..2')
  t.strictSame(countsOf(both, 1), { passed: 0, failed: 2, skipped: 0 })
})

t.test('a file that tests nothing is a failure', async (t) => {
  t.strictSame(countsOf('', 0), { passed: 0, failed: 1, skipped: 0 })
  t.strictSame(countsOf(tap('1..0 # no tests found'), 0), { passed: 0, failed: 1, skipped: 0 })
})

t.test('the closing line names skipped ones only when there are any', async (t) => {
  t.equal(summary({ passed: 5, failed: 1, skipped: 0 }), '5 passed, 1 failed')
  t.equal(summary({ passed: 5, failed: 1, skipped: 4 }), '5 passed, 1 failed, 4 skipped')
})

t.test('what failed is told with its diagnosis, the levels above it by name', async (t) => {
  const page = tap(
    '# Subtest: numbers',
    '    not ok 1 - one is two',
    '      ---',
    '      diff: |',
    '        -2',
    '        +1',
    '      ...',
    '    ok 2 - fine',
    '    not ok 3 - later # todo',
    'not ok 1 - numbers # time=69.51ms',
    '  ---',
    '  at: here',
    '  ...',
  )
  t.strictSame(failuresOf('page.test.ts', page, 1), [
    'FAILED one is two\n  diff: |\n    -2\n    +1',
    'FAILED numbers # time=69.51ms',
    'FAILED page.test.ts',
  ])
})

t.test('a file that ended in the midst of things is told with its last words', async (t) => {
  const quota = tap('# Subtest: x', '    ok 1 - fine', '# Error: waited in vain', '#     at until.ts:31', '1..1')
  t.strictSame(failuresOf('quota.test.ts', quota, 7), [
    'FAILED quota.test.ts\n  Error: waited in vain\n      at until.ts:31\n  exit status 7',
  ])
  t.strictSame(failuresOf('quota.test.ts', '', 'SIGKILL'), ['FAILED quota.test.ts\n  SIGKILL'])
})
