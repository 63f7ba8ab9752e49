import { join } from 'node:path'
import type { Files } from '../../../agent/system/system.ts'
import { project } from '../../build/place.ts'

/** The pages about the server, which lie beside the code, in a checkout as on a box. */

export interface Page {
  /** As it is typed: `state`, `en/14-wlan`. */
  readonly name: string
  /** Its first heading. */
  readonly title: string
  readonly text: string
}

const folder = join(project, 'docs')

/** Reference pages, then the guide by chapter, then the example school. */
export async function readPages(files: Files): Promise<readonly Page[]> {
  const reference = await markdownIn(files, '')
  const chapters = await Promise.all(['de', 'en'].map((language) => markdownIn(files, language)))
  const example = (await files.read(join(folder, 'example/school.yaml'))) ?? ''
  return [
    ...reference,
    ...chapters.flat(),
    { name: 'example', title: 'A small school as a school state', text: example },
  ]
}

async function markdownIn(files: Files, language: string): Promise<readonly Page[]> {
  const place = join(folder, language === '' ? '' : `administrator/${language}`)
  const names = (await files.list(place)).filter((name) => name.endsWith('.md'))
  const pages = names.map(async (name): Promise<Page> => {
    const text = (await files.read(join(place, name))) ?? ''
    return { name: join(language, name.slice(0, -'.md'.length)), title: /^# (.*)$/m.exec(text)?.[1] ?? name, text }
  })
  return (await Promise.all(pages)).toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}
