import t from 'tap'
import { countsOf, failuresOf, summary } from '../../support/counts.ts'

t.test("tap's own totals are taken", async (t) => {
  const tap = 'ok 1 - a file\n    # { total: 9, pass: 9 }\n# { total: 14, pass: 11, fail: 1, skip: 2 }\n# time=3ms\n'
  t.strictSame(countsOf(tap, 1), { passed: 11, failed: 1, skipped: 2 })
})

t.test('a run that failed without a failed assertion is a failure', async (t) => {
  t.strictSame(countsOf('# { total: 3, pass: 3 }\n', 1), { passed: 3, failed: 1, skipped: 0 })
})

t.test('a run that asserted nothing is a failure', async (t) => {
  t.strictSame(countsOf('', 0), { passed: 0, failed: 1, skipped: 0 })
  t.strictSame(countsOf('# { total: 0, pass: 0 }\n', 0), { passed: 0, failed: 1, skipped: 0 })
})

t.test('the closing line adds up and names skipped ones only when there are any', async (t) => {
  const counts = [
    { passed: 2, failed: 0, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 },
  ]
  t.equal(summary(counts), '5 passed, 1 failed')
  t.equal(summary([...counts, { passed: 0, failed: 0, skipped: 4 }]), '5 passed, 1 failed, 4 skipped')
})

t.test('what failed is told with its diagnosis, the levels above it by name', async (t) => {
  const tap = [
    '# Subtest: page.test.ts',
    '    not ok 1 - one is two',
    '      ---',
    '      diff: |',
    '        -2',
    '        +1',
    '      ...',
    '    ok 2 - fine',
    '    not ok 3 - later # todo',
    'not ok 1 - page.test.ts # time=69.51ms',
    '  ---',
    '  exitCode: 1',
    '  ...',
    '',
  ].join('\n')
  t.strictSame(failuresOf(tap), ['FAILED one is two\n  diff: |\n    -2\n    +1', 'FAILED page.test.ts # time=69.51ms'])
  t.strictSame(failuresOf('ok 1 - fine\n'), [])
})

t.test('a file that ended in the midst of things is told with its last words', async (t) => {
  const tap = [
    '# Subtest: quota.test.ts',
    '    ok 1 - fine',
    '    # Error: waited in vain',
    '    #     at until.ts:31',
    '    1..1',
    'not ok 1 - quota.test.ts # time=69.51ms',
    '  ---',
    '  cwd: somewhere',
    '  exitCode: 1',
    '  signal: null',
    '  ...',
    '',
  ].join('\n')
  t.strictSame(failuresOf(tap), [
    'FAILED quota.test.ts # time=69.51ms\n  Error: waited in vain\n      at until.ts:31\n  exitCode: 1\n  signal: null',
  ])
})
