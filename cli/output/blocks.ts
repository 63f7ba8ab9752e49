import type { Block, Text } from '../command.ts'
import { type Style, paint, textOf } from './style.ts'
import { fold, pad, width } from './width.ts'

const indent = '  '
const gap = '  '

/** What a command presents, as text for a person; ends with a line feed unless it is empty or raw. */
export function renderBlocks(blocks: readonly Block[], style: Style): string {
  return blocks
    .map((block) => renderBlock(block, style))
    .filter((text) => text !== '')
    .join('\n')
}

function renderBlock(block: Block, style: Style): string {
  switch (block.kind) {
    case 'raw':
      return block.text
    case 'lines':
      return block.lines.map((line) => `${foldText(line, style.columns, style).join('\n')}\n`).join('')
    case 'fields': {
      const rows = block.fields.map(([name, value]) => [quiet(name), value])
      return titled(block.title, renderRows(rows, style))
    }
    case 'table': {
      const head = block.head === undefined || block.rows.length === 0 ? [] : [block.head.map(quiet)]
      return titled(block.title, renderRows([...head, ...block.rows], style))
    }
  }
}

const quiet = (text: string): Text => ({ text, tone: 'quiet' })

function titled(title: string | undefined, text: string): string {
  return title === undefined || text === '' ? text : `${title}\n${text}`
}

/** Columns as wide as their widest cell; the last one is folded at the edge of the terminal, so nothing is lost. */
function renderRows(rows: readonly (readonly Text[])[], style: Style): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column]))))
  const used = widths.flatMap((columnWidth, column) => (columnWidth > 0 ? [column] : []))
  const last = used.pop()
  if (last === undefined) return ''
  const before = used.reduce((sum, column) => sum + (widths[column] ?? 0) + gap.length, indent.length)
  const room = Math.max(20, style.columns - before)
  return rows
    .map((row) => {
      const cells = used.map((column) => paint(padText(row[column] ?? '', widths[column] ?? 0), style) + gap)
      const [first = '', ...rest] = foldText(row[last] ?? '', room, style)
      const lines = [indent + cells.join('') + first, ...rest.map((line) => ' '.repeat(before) + line)]
      return lines.map((line) => `${line.trimEnd()}\n`).join('')
    })
    .join('')
}

function widthOf(text: Text | undefined): number {
  return Math.max(
    ...textOf(text ?? '')
      .split('\n')
      .map(width),
  )
}

function padText(text: Text, columns: number): Text {
  return typeof text === 'string' ? pad(text, columns) : { text: pad(text.text, columns), tone: text.tone }
}

function foldText(text: Text, columns: number, style: Style): readonly string[] {
  const lines = fold(textOf(text), columns)
  return typeof text === 'string' ? lines : lines.map((line) => paint({ text: line, tone: text.tone }, style))
}
