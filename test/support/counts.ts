/** How many tests passed: the innermost blocks, whatever number of assertions each of them makes. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** How the process of a test file ended: its exit status, or the signal that ended it. */
export type Ended = number | string

/** A line of results. */
interface Result {
  readonly ok: boolean
  /** Marked as skipped, or as not done yet. */
  readonly left: boolean
  /** Of a block, not a single assertion: what stands in it. */
  readonly within?: readonly Result[]
}

const opening = /^( *)# Subtest(?:: |$)/
const result = /^( *)(not )?ok \d+(?: |$)(?:.*[^\\](# (?:skip|todo)\b))?/i

/** The results that a test file wrote, as a tree. */
function resultsOf(tap: string): readonly Result[] {
  const levels: Result[][] = [[]]
  let diagnosisEnd: string | undefined
  for (const line of tap.split('\n')) {
    if (diagnosisEnd !== undefined) {
      // A diagnosis quotes whatever it likes.
      if (line === diagnosisEnd) diagnosisEnd = undefined
      continue
    }
    const [, block] = opening.exec(line) ?? []
    if (block !== undefined) levels.splice(block.length / 4 + 1, Infinity, [])
    const [, indent, not, left] = result.exec(line) ?? []
    if (indent !== undefined) {
      const [within] = levels.splice(indent.length / 4 + 1)
      const found = { ok: not === undefined, left: left !== undefined }
      levels[indent.length / 4]?.push(within === undefined ? found : { ...found, within })
    }
    if (/^ *---$/.test(line)) diagnosisEnd = line.replace('---', '...')
  }
  return levels[0] ?? []
}

/**
 * Counts the tests of a file. What failed though every test passed (a crash, a time limit, an assertion outside of the
 * tests, tidying up) counts as one failure, and so does a file without a test.
 */
export function countsOf(tap: string, ended: Ended): Counts {
  const within = resultsOf(tap)
  if (within.length === 0) return { ...none, failed: 1 }
  return countsIn({ ok: ended === 0, left: false, within })
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 }

function countsIn({ ok, left, within = [] }: Result): Counts {
  if (left) return { ...none, skipped: 1 }
  // A test that is skipped looks like an assertion.
  const inner = within.filter((one) => one.within !== undefined || one.left)
  const assertions = within.filter((one) => one.within === undefined && !one.left)
  if (inner.length === 0) return ok ? { ...none, passed: 1 } : { ...none, failed: 1 }
  const counts = summed(inner.map(countsIn))
  const ownFailure = assertions.some((one) => !one.ok) || (!ok && counts.failed === 0)
  return ownFailure ? { ...counts, failed: counts.failed + 1 } : counts
}

export function summed(all: readonly Counts[]): Counts {
  const sum = (what: keyof Counts): number => all.reduce((total, counts) => total + counts[what], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/**
 * What failed in a file: assertions with the diagnosis that tap put under them, then the tests they belong to, by name
 * alone, and the file; a file that ended without a failed assertion, with its last words.
 * @param limit lines shown of one diagnosis
 */
export function failuresOf(file: string, tap: string, ended: Ended, limit = 30): readonly string[] {
  const blocks = tap.matchAll(/^( *)not ok \d+ - (.*)\n(?:\1  ---\n([\s\S]*?)\n\1  \.\.\.)?/gm)
  const within = [...blocks]
    .filter(([, , title = '']) => !/# (todo|skip)/i.test(title))
    .map(([, indent = '', title = '', diagnosis = '']) => {
      const isTest = / # time=[\d.]+m?s$/.test(title)
      const lines = isTest ? [] : diagnosis.split('\n').slice(0, limit)
      return [`FAILED ${title}`, ...lines.map((line) => line.slice(indent.length))].join('\n')
    })
  if (within.length > 0) return [...within, `FAILED ${file}`]
  // What test/support/last-words.ts and tap itself have written.
  const comments = [...tap.matchAll(/^# (?!Subtest|\{ |time=)(.*)$/gm)].map(([, words = '']) => `  ${words}`)
  const how = typeof ended === 'number' ? `exit status ${ended}` : ended
  return [[`FAILED ${file}`, ...comments.slice(-limit), `  ${how}`].join('\n')]
}

/** "12 passed, 0 failed", with the skipped ones when there are any. */
export function summary({ passed, failed, skipped }: Counts): string {
  const words = `${passed} passed, ${failed} failed`
  return skipped > 0 ? `${words}, ${skipped} skipped` : words
}
