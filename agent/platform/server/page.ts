import type { PageShow } from '../../contract/page.ts'
import { escaped, style } from './html.ts'
import { words, type Language } from './words.ts'

/**
 * The page of the box for the device that opens it.
 * @param now milliseconds since the epoch.
 */
export function page(shown: PageShow, now: number): string {
  const say = words[shown.language]
  const { device, room, network, services } = shown
  const facts: readonly (readonly [string, string])[] = [
    [say.device, device ?? say.unknown],
    ...(room === null ? [] : [[say.room, room] as const]),
    ...(network === null ? [] : [[say.network, network] as const]),
  ]
  const names: Readonly<Record<string, string>> = say.services
  return document(shown.language, shown.school, [
    `<h1>${escaped(shown.school)}</h1>`,
    `<p class="now ${shown.internet === 'allowed' ? 'good' : 'bad'}"><strong>${escaped(internet(shown, now))}</strong></p>`,
    `<h2>${say.deviceTitle}</h2>`,
    `<dl>${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    `<h2>${say.servicesTitle}</h2>`,
    `<ul>${services
      .map(({ name, works }) => {
        const [tone, word] = works ? ['good', say.works] : ['bad', say.fails]
        return `<li class="${tone}"><span>${escaped(names[name] ?? name)}</span><span>${word}</span></li>`
      })
      .join('')}</ul>`,
    `<footer><p>${say.help}</p></footer>`,
  ])
}

/** While the agent does not answer or there is no school yet: in both languages, for nobody knows which it is. */
export function waitingPage(): string {
  return document('de', words.de.server, [
    `<h1>${words.de.waiting}</h1><p>${words.de.again}</p>`,
    `<div lang="en"><h2>${words.en.waiting}</h2><p>${words.en.again}</p></div>`,
  ])
}

export function notFoundPage(): string {
  return document('de', words.de.server, [`<h1>${words.de.notFound}</h1>`, `<p lang="en">${words.en.notFound}</p>`])
}

function internet({ internet: access, lockedUntil, language, timezone }: PageShow, now: number): string {
  const say = words[language]
  if (access !== 'locked') return say[access]
  return lockedUntil === null ? say.locked : say.lockedUntil(timeOf(lockedUntil, now, language, timezone))
}

/** `10:26`; with the day when the lock outlasts today. */
function timeOf(end: number, now: number, language: Language, timeZone: string): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const
  const dayOf = new Intl.DateTimeFormat(language, { ...day, timeZone })
  const time = { hour: '2-digit', minute: '2-digit', hour12: false } as const
  const longer = dayOf.format(end) !== dayOf.format(now)
  return new Intl.DateTimeFormat(language, { ...(longer ? day : {}), ...time, timeZone }).format(end)
}

function document(language: Language, title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body><main>
${body.join('\n')}
</main></body>
</html>
`
}
