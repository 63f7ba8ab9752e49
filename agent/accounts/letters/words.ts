import type { SchoolState } from '../../model/state.ts'

/** What letters and lists say, in the language of the school. */

export type Language = SchoolState['school']['language']

const de = {
  title: 'Dein Zugang zum Schulserver',
  formalTitle: 'Ihr Zugang zum Schulserver',
  login: 'Anmeldename',
  password: 'Erstes Passwort',
  class: 'Klasse',
  address: 'Seite der Schule',
  steps: [
    'Melde dich an einem Schulrechner mit Anmeldename und Passwort an.',
    'Wähle dort mit Strg+Alt+Entf ein eigenes Passwort, das niemand errät. Sage es niemandem.',
    'Der Code führt zur Seite des Schulservers. Sie öffnet sich nur im Netz der Schule.',
    'Wirf dieses Blatt danach weg.',
  ],
  formalSteps: [
    'Melden Sie sich an einem Schulrechner mit Anmeldename und Passwort an.',
    'Wählen Sie dort mit Strg+Alt+Entf ein eigenes Passwort, das niemand errät. Sagen Sie es niemandem.',
    'Der Code führt zur Seite des Schulservers. Sie öffnet sich nur im Netz der Schule.',
    'Vernichten Sie dieses Blatt danach.',
  ],
  help: 'Passwort vergessen? Die Administration der Schule vergibt ein neues.',
  list: 'Klassenliste',
  without: 'ohne Klasse',
  surname: 'Nachname',
  given: 'Vorname',
  received: 'Erhalten',
  people: (count: number) => (count === 1 ? '1 Person' : `${count} Personen`),
  page: (number: number, count: number) => `Seite ${number} von ${count}`,
}

const en: typeof de = {
  title: 'Your access to the school server',
  formalTitle: 'Your access to the school server',
  login: 'Login name',
  password: 'First password',
  class: 'Class',
  address: 'Page of the school',
  steps: [
    'Sign in on one of the school’s computers with login name and password.',
    'Choose a password of your own there (Ctrl+Alt+Del) that nobody can guess. Tell it to nobody.',
    'The code leads to the page of the school server. It opens in the school’s network only.',
    'Then throw this sheet away.',
  ],
  formalSteps: [
    'Sign in on one of the school’s computers with login name and password.',
    'Choose a password of your own there (Ctrl+Alt+Del) that nobody can guess. Tell it to nobody.',
    'The code leads to the page of the school server. It opens in the school’s network only.',
    'Then destroy this sheet.',
  ],
  help: 'Forgotten the password? The school’s administrators give you a new one.',
  list: 'Class list',
  without: 'without a class',
  surname: 'Surname',
  given: 'Given name',
  received: 'Received',
  people: (count) => (count === 1 ? '1 person' : `${count} people`),
  page: (number, count) => `Page ${number} of ${count}`,
}

export type LetterWords = typeof de

export const letterWords = (language: Language): LetterWords => ({ de, en })[language]
