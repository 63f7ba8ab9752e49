import type { SchoolState } from './state.ts'

/** The shares that every school has, as Windows shows them. `home` is everybody's own and called so everywhere. */
export const homeShare = 'home'

export type StandingShare = 'classes' | 'courses' | 'teachers' | 'staff' | 'exchange' | 'templates'

export const standingShares: Readonly<
  Record<SchoolState['school']['language'], Readonly<Record<StandingShare, string>>>
> = {
  de: {
    classes: 'Klassen',
    courses: 'Kurse',
    teachers: 'Lehrer',
    staff: 'Verwaltung',
    exchange: 'Tausch',
    templates: 'Vorlagen',
  },
  en: {
    classes: 'Classes',
    courses: 'Courses',
    teachers: 'Teachers',
    staff: 'Office',
    exchange: 'Exchange',
    templates: 'Templates',
  },
}

/** Names that Windows, Samba or the domain keep for themselves. */
export const foreignShares: readonly string[] = [
  'global',
  'homes',
  'printers',
  'print$',
  'ipc$',
  'admin$',
  'netlogon',
  'sysvol',
]
