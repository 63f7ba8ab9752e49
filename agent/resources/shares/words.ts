import type { StandingShare } from '../../model/share-names.ts'

type Comments = Readonly<Record<StandingShare | 'home', string>>

/** What clients show of shares. */
export function wordsIn(language: 'de' | 'en'): { readonly bin: string; readonly comments: Comments } {
  return words[language]
}

const words = {
  de: {
    bin: 'Papierkorb',
    comments: {
      home: 'Eigene Dateien',
      classes: 'Material, Abgabe und Austausch der Klassen',
      courses: 'Material, Abgabe und Austausch der Kurse',
      teachers: 'Nur für Lehrkräfte',
      staff: 'Nur für die Verwaltung',
      exchange: 'Für alle',
      templates: 'Womit neue Ordner beginnen',
    },
  },
  en: {
    bin: 'Trash',
    comments: {
      home: 'Own files',
      classes: 'Material, hand-in and exchange of classes',
      courses: 'Material, hand-in and exchange of courses',
      teachers: 'For teachers only',
      staff: 'For the office only',
      exchange: 'For everybody',
      templates: 'What new folders begin with',
    },
  },
} as const
