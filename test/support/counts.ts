/** How many assertions of a run held. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Reads what tap counted: its output ends with `# { total: 12, pass: 11, fail: 1 }`. A run that failed without a failed
 * assertion (a crash, no file found, a time limit), or that asserted nothing, counts as a failure.
 */
export function countsOf(tap: string, status: number): Counts {
  const totals = [...tap.matchAll(/^# \{ (.*) \}$/gm)].at(-1)?.[1] ?? ''
  const count = (word: string): number => Number(new RegExp(`\\b${word}: (\\d+)`).exec(totals)?.[1] ?? 0)
  const [passed, failed, skipped] = [count('pass'), count('fail'), count('skip') + count('todo')]
  const silent = failed === 0 && (status !== 0 || passed === 0)
  return { passed, failed: silent ? 1 : failed, skipped }
}

/**
 * What failed: assertions with the diagnosis that tap put under them, and above them the tests and files they belong to,
 * by name alone; a file that ended without a failed assertion, with its last words.
 * @param limit lines shown of one diagnosis
 */
export function failuresOf(tap: string, limit = 30): readonly string[] {
  const blocks = tap.matchAll(/^( *)not ok \d+ - (.*)\n(?:\1  ---\n([\s\S]*?)\n\1  \.\.\.)?/gm)
  return [...blocks]
    .filter(([, , title = '']) => !/# (todo|skip)/i.test(title))
    .map(([, indent = '', title = '', diagnosis = '']) => {
      const [, above] = /^(.*) # time=[\d.]+m?s$/.exec(title) ?? []
      const lines = above === undefined ? diagnosis.split('\n').slice(0, limit) : lastWords(tap, above, diagnosis)
      return [`FAILED ${title}`, ...lines.map((line) => line.slice(indent.length))].join('\n')
    })
}

/** How a process ended in which every assertion held: its comments, its status and its signal. */
function lastWords(tap: string, file: string, diagnosis: string): readonly string[] {
  const from = tap.indexOf(`# Subtest: ${file}\n`)
  const said = tap.slice(from, tap.indexOf('\nnot ok ', from))
  if (from < 0 || /^ +not ok /m.test(said)) return []
  const comments = [...said.matchAll(/^ {4}# (?!Subtest|\{ |time=)(.*)$/gm)].map(([, words = '']) => `  ${words}`)
  return [...comments, ...(diagnosis.match(/^ *(exitCode|signal): .*$/gm) ?? [])]
}

/** "12 passed, 0 failed", with the skipped ones when there are any. */
export function summary(all: readonly Counts[]): string {
  const sum = (of: (counts: Counts) => number): number => all.reduce((total, counts) => total + of(counts), 0)
  const words = `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`
  const skipped = sum((counts) => counts.skipped)
  return skipped > 0 ? `${words}, ${skipped} skipped` : words
}
