import t from 'tap'
import { packageNames, uuidOf } from '../../../../cli/build/recipe.ts'
import { timeLeft } from '../../../../cli/build/forecast.ts'

t.test('package lists', async (t) => {
  t.same(packageNames('a', '# Network\nunbound\n\n  nftables # firewall\nlibstdc++6\n'), [
    'unbound',
    'nftables',
    'libstdc++6',
  ])
  t.throws(() => packageNames('school/packages.list', 'unbound\nBad Name\nok2\n-x\n'), {
    code: 'FILE_UNREADABLE',
    problems: [
      { line: 2, message: '"Bad Name" is not a package name' },
      { line: 4, message: '"-x" is not a package name' },
    ],
  })
})

t.test('identifiers are the same for the same image, and well-formed', async (t) => {
  const one = uuidOf('digest', 'root-a')
  t.equal(uuidOf('digest', 'root-a'), one)
  t.not(uuidOf('digest', 'root-b'), one)
  t.not(uuidOf('other', 'root-a'), one)
  for (let n = 0; n < 50; n += 1) {
    t.match(uuidOf(String(n), 'x'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})

t.test('time left', async (t) => {
  const known = new Map([
    ['base', 50_000],
    ['root', 20_000],
    ['disk', 240_000],
  ])
  t.same(timeLeft(known, 'base', 10_000, ['root']), { fraction: 0.2, left: 'about 60 s left' })
  t.same(timeLeft(known, 'base', 10_000, ['root', 'disk']), { fraction: 0.2, left: 'about 5 min left' })
  t.same(timeLeft(known, 'root', 19_000, []), { fraction: 0.95, left: 'some seconds left' })
  t.same(timeLeft(known, 'root', 90_000, []), { fraction: 0.98, left: 'some seconds left' }, 'slower than ever')
  t.same(timeLeft(known, 'qcow2', 5_000, ['disk']), { fraction: undefined, left: '' }, 'never seen')
})
