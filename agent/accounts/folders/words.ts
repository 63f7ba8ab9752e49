/** What the school reads of folders: their names, and sentences about what is odd. */
export function wordsIn(language: 'de' | 'en') {
  return words[language]
}

const words = {
  de: {
    rooms: {
      material: { name: 'Material', also: 'Material' },
      handIn: { name: 'Abgabe', also: 'Hand-in' },
      exchange: { name: 'Austausch', also: 'Exchange' },
    },
    unknown: (path: string) => `${path} gehört zu nichts, was der Server kennt, und bleibt liegen.`,
    aside: (path: string, to: string) => `${path} stand im Weg und heißt jetzt ${to}.`,
    twice: (path: string) => `${path} gehört zu etwas, das schon einen anderen Ordner hat, und bleibt liegen.`,
    groupUnknown: (group: string) => `Die Gruppe „${group}“ gibt es nicht; sie hat hier keine Rechte.`,
    templateMissing: (path: string) => `Die Vorlage ${path} gibt es nicht; neue Ordner bleiben ohne sie.`,
    roomsOpen:
      'Dieser Datenträger hält Material, Abgabe und Austausch nicht auseinander: Was in die Abgabe verschoben statt kopiert wird, bleibt für die Klasse offen.',
    quotaMissing: 'Dieser Server kann den Speicherplatz nicht begrenzen; jeder darf beliebig viel ablegen.',
    older: 'älter',
  },
  en: {
    rooms: {
      material: { name: 'Material', also: 'Material' },
      handIn: { name: 'Hand-in', also: 'Abgabe' },
      exchange: { name: 'Exchange', also: 'Austausch' },
    },
    unknown: (path: string) => `${path} belongs to nothing the server knows and is left where it is.`,
    aside: (path: string, to: string) => `${path} was in the way and is now called ${to}.`,
    twice: (path: string) => `${path} belongs to something that has another folder already, and is left where it is.`,
    groupUnknown: (group: string) => `There is no group "${group}"; it has no rights here.`,
    templateMissing: (path: string) => `There is no template ${path}; new folders go without it.`,
    roomsOpen:
      'This disk does not keep Material, Hand-in and Exchange apart: what is moved into Hand-in instead of copied stays open to the class.',
    quotaMissing: 'This server cannot limit storage; everybody may store as much as there is room for.',
    older: 'older',
  },
} as const
