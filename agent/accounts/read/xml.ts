import { SaxesParser } from 'saxes'
import { BoxError, isBoxError } from '../../errors.ts'
import type { Finding } from './finding.ts'

/** XML in the order of the text: only one child of the root is held at a time. */

export interface Element {
  /** Without its prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** Own text, trimmed. */
  readonly text: string
  readonly line: number
}

interface Open extends Element {
  readonly children: Element[]
  text: string
}

/** Deeper than any of these files is. */
const deepest = 32

const foreign = 'Is this the export of people, and not of something else?'

/** 5,000 people in twenty groups each have half as many. */
const mostElements = 1_000_000

/**
 * Calls back with each child of the root. What makes XML dangerous is refused: DOCTYPE, and with it entities of its own.
 * What came before a mistake has been called back.
 */
export function readXml(text: string, each: (child: Element) => void): readonly Finding[] {
  const parser = new SaxesParser<{ position: true; xmlns: false }>({ position: true, xmlns: false })
  const open: Open[] = []
  let count = 0
  const refuse = (message: string, hint?: string): never => {
    throw new BoxError('PEOPLE_INVALID', message, hint === undefined ? {} : { hint })
  }
  parser.on('error', ({ message }) =>
    refuse(`this is no whole XML file: ${message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`),
  )
  parser.on('doctype', () =>
    refuse('the file has a DOCTYPE, which no export of people needs and which could do harm', foreign),
  )
  parser.on('opentag', ({ name, attributes }) => {
    count += 1
    if (count > mostElements) refuse(`there are more than ${mostElements} elements`, foreign)
    if (open.length === deepest) refuse(`elements are nested more than ${deepest} deep`, foreign)
    open.push({ name: local(name), attributes, children: [], text: '', line: parser.line })
  })
  const onText = (part: string): void => {
    const element = open.at(-1)
    if (element !== undefined) element.text += part
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    const closed = open.pop()
    if (closed === undefined) return
    closed.text = closed.text.trim()
    if (open.length === 1) each(closed)
    else if (open.length > 1) open.at(-1)?.children.push(closed)
  })
  try {
    parser.write(text).close()
    return []
  } catch (error) {
    if (!isBoxError(error)) throw error
    const hint = error.hint ?? 'Was it copied whole? Export it anew.'
    return [{ severity: 'error', line: parser.line, path: '', kind: 'xml', message: error.message, hint }]
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The first element at a path below this one. */
export function childAt(element: Element, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => at?.children.find((child) => child.name === name), element)
}
