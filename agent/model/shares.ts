import { z } from 'zod'
import { GroupName } from './group.ts'
import { Role } from './person.ts'
import { Duration, Label, Line } from './scalars.ts'

/** Shared folders of the school, beside those that every school has: homes, classes, courses, teachers, staff, exchange. */

const units = { MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 } as const

/** Written `500MB`, `2GB`, `1TB`, counted as Windows shows it; inside bytes. */
export const Size = z
  .codec(z.string().regex(/^[1-9]\d{0,5}(MB|GB|TB)$/, 'is not a size, as in 500MB, 2GB or 1TB'), z.int().positive(), {
    decode: (text) => Number(text.slice(0, -2)) * units[text.slice(-2) as keyof typeof units],
    encode: (bytes) => {
      const unit = (['TB', 'GB'] as const).find((candidate) => bytes % units[candidate] === 0) ?? 'MB'
      return `${bytes / units[unit]}${unit}`
    },
  })
  .meta({ id: 'Size', description: 'A size in MB, GB or TB (1 GB is 1024 MB).', examples: ['2GB'] })

/** A folder for whoever the school says. Its place on disk is its name, so a new name is a new, empty folder. */
export const SharedFolder = z
  .strictObject({
    name: Label,
    title: Line.min(1)
      .max(80)
      .regex(/^[^"%\\/[\]:|<>+=;,*?]+$/, 'holds a character that no share may have in its name')
      .meta({
        description: 'Name of the share, as Windows shows it.',
      }),
    read: z.array(GroupName).default([]).meta({ description: 'Groups that may look.' }),
    write: z.array(GroupName).default([]).meta({ description: 'Groups that may look and change.' }),
  })
  .meta({
    id: 'SharedFolder',
    description: 'A folder for some groups.',
    examples: [{ name: 'technik', title: 'Technik-AG', read: ['teachers'], write: ['kurs-technik'] }],
  })
export type SharedFolder = z.infer<typeof SharedFolder>

/** What lies in /var/srv/templates/NAME is copied once, when a folder is made. */
export const Template = z
  .strictObject({
    name: Label.meta({ description: 'Folder in the share of templates.' }),
    into: z.enum(['homes', 'classes', 'courses']).meta({ description: 'New folders of which kind get a copy.' }),
    roles: z.array(Role).optional().meta({ description: 'Only homes of these roles; absent: all.' }),
  })
  .meta({
    id: 'Template',
    description: 'Files that each new home, class or course begins with.',
    examples: [{ name: 'startpaket', into: 'homes', roles: ['pupil'] }],
  })
export type Template = z.infer<typeof Template>

export const Shares = z
  .strictObject({
    quota: z
      .partialRecord(Role, Size)
      .default({})
      .meta({ description: 'How much somebody of a role may store; absent: no limit.' }),
    archive: Duration.prefault('365d').meta({
      description: 'How long the files of people who left and of classes that ended are kept.',
    }),
    templates: z.array(Template).max(50).default([]).meta({ description: 'Files for new folders.' }),
    folders: z.array(SharedFolder).max(200).default([]).meta({ description: 'Folders for some groups.' }),
  })
  .meta({
    id: 'Shares',
    description: 'Shared folders. Homes, classes, courses, and those of teachers and staff are there by themselves.',
    examples: [{ quota: { pupil: '2GB', teacher: '20GB' } }],
  })
export type Shares = z.infer<typeof Shares>
