import t from 'tap'
import type { Block } from '../../../cli/command.ts'
import { renderBlocks } from '../../../cli/output/blocks.ts'
import { createReporter } from '../../../cli/output/progress.ts'
import { styleOf } from '../../../cli/output/style.ts'
import { cut, fold, pad, width } from '../../../cli/output/width.ts'
import { golden } from '../../support/golden.ts'
import { paper } from '../../support/shell.ts'

t.test('columns that a text takes', async (t) => {
  t.equal(width('Mueller'), 7)
  t.equal(width('Müller'), 6)
  t.equal(width('Mu\u0308ller'), 6, 'put together from u and dots')
  t.equal(width('Straße №5'), 9)
  t.equal(width('学校'), 4)
  t.equal(width('a\u200Bb'), 2, 'no width')
  t.equal(pad('ü', 3), 'ü  ')
  t.equal(cut('Gymnasium', 5), 'Gymn…')
  t.equal(cut('学校', 3), '学…')
  t.equal(cut('Gym', 3), 'Gym')
})

t.test('lines are folded between words', async (t) => {
  t.strictSame(fold('ein zwei drei', 8), ['ein zwei', 'drei'])
  t.strictSame(fold('a-word-longer-than-eight b', 8), ['a-word-longer-than-eight', 'b'])
  t.strictSame(fold('x\ny', Number.POSITIVE_INFINITY), ['x', 'y'])
  t.strictSame(fold('  indented\nein zwei drei', 10), ['  indented', 'ein zwei', 'drei'])
})

const blocks: readonly Block[] = [
  { kind: 'lines', lines: ['Gymnasium am Beispielweg', { text: 'all is well', tone: 'good' }] },
  {
    kind: 'table',
    title: 'Rooms',
    head: ['ROOM', '', 'WHAT'],
    rows: [
      ['r214', '', { text: 'locked until 10:26 by m.weber, because of a class test in mathematics', tone: 'warning' }],
      ['Küche', '', 'open\nsecond line'],
    ],
  },
  { kind: 'fields', fields: [['address', '10.20.14.7']] },
  { kind: 'table', title: 'never shown', rows: [] },
]

t.test('blocks on paper, in a narrow terminal, in colour', async (t) => {
  golden(t, 'cli/blocks-paper.txt', renderBlocks(blocks, paper))
  golden(t, 'cli/blocks-narrow.txt', renderBlocks(blocks, { columns: 40, colour: false }))
  t.match(renderBlocks(blocks, { columns: 80, colour: true }), '\u001B[32mall is well\u001B[0m')
  t.equal(renderBlocks([{ kind: 'raw', text: 'as it is' }], paper), 'as it is')
})

t.test('colour is only for terminals that want it', async (t) => {
  t.equal(styleOf({ isTTY: true, columns: 100 }, {}).colour, true)
  t.equal(styleOf({ isTTY: true }, { NO_COLOR: '1' }).colour, false)
  t.equal(styleOf({ isTTY: true }, { TERM: 'dumb' }).colour, false)
  t.strictSame(styleOf({}, {}), paper)
  t.equal(styleOf({ isTTY: true, columns: 100 }, {}).columns, 100)
})

/** A reporter on a clock that the test moves. */
function reporterAt(live: boolean) {
  const written: string[] = []
  const clock = { now: 0 }
  const style = live ? { columns: 80, colour: false } : paper
  const reporter = createReporter({ write: (text) => written.push(text), style, live, now: () => clock.now })
  return { written, clock, reporter }
}

t.test('without a terminal a stage is a line at its begin and one at its end', async (t) => {
  const { written, clock, reporter } = reporterAt(false)
  reporter.stage('base', 'Debian 13')
  clock.now = 31_000
  reporter.update(0.5, '150 packages')
  reporter.done('312 packages')
  reporter.stage('image')
  t.strictSame(reporter.story(), { done: ['base'], current: 'image' })
  reporter.close()
  golden(t, 'cli/progress.txt', written.join(''))
})

t.test('on a terminal one line lives: bar, share, time left', async (t) => {
  const { written, clock, reporter } = reporterAt(true)
  reporter.stage('base', 'Debian 13')
  clock.now = 1000
  reporter.update(0.5)
  t.notMatch(written.at(-1), /left/, 'too early for a guess')
  clock.now = 10_000
  reporter.update(0.25, '78 packages')
  t.match(written.at(-1), /base {6}78 packages .*░  25 % {2}about 30 s left$/)
  t.ok(width(written.at(-1)!.replace('\r\u001B[K', '')) <= 80)
  clock.now = 10_050
  const before = written.length
  reporter.update(0.26)
  t.equal(written.length, before, 'not drawn more often than ten times a second')
  clock.now = 10_400
  reporter.update(0.27, '80 packages', 'about 2 min left')
  t.match(written.at(-1), /27 % {2}about 2 min left$/, 'the stage knows better')
  reporter.done()
  t.match(written.at(-1)?.slice(4), /^ {2}base +80 packages +10 s {2}ok\n$/)
  reporter.close()
})
