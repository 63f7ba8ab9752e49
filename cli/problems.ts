import type { Problem } from '../agent/errors.ts'
import type { Block } from './command.ts'

/** Problems of documents as every command shows them: errors before warnings, by file: line, place, sentence, hint. */
export function problemBlocks(problems: readonly Problem[]): readonly Block[] {
  return (['error', 'warning'] as const).flatMap((severity) => {
    const chosen = problems.filter((problem) => problem.severity === severity)
    const files = [...new Set(chosen.map(({ file }) => file))]
    const heading = severity === 'warning' ? 'Warnings' : ''
    return files.map((file, index): Block => {
      const title = [index === 0 ? heading : '', files.length > 1 ? (file ?? '') : ''].filter((part) => part !== '')
      return {
        kind: 'table',
        ...(title.length === 0 ? {} : { title: title.join('\n') }),
        rows: chosen.filter((problem) => problem.file === file).map((problem) => row(problem)),
      }
    })
  })
}

function row({ line, column, path, message, hint }: Problem): readonly string[] {
  const place = [line, column].filter((part) => part !== undefined).join(':')
  return [place, path, hint === undefined ? message : `${message}\n${hint}`]
}

/** `3 errors, 1 warning` */
export function countText(problems: readonly Problem[]): string {
  const count = (severity: Problem['severity']): number => problems.filter((one) => one.severity === severity).length
  const words = (['error', 'warning'] as const).flatMap((severity) => {
    const number = count(severity)
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? '' : 's'}`]
  })
  return words.length === 0 ? 'no errors' : words.join(', ')
}
