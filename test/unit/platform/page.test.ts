import t from 'tap'
import { PageShow } from '../../../agent/contract/page.ts'
import { notFoundPage, page, waitingPage } from '../../../agent/platform/server/page.ts'
import { words } from '../../../agent/platform/server/words.ts'
import { resources } from '../../../agent/resources/index.ts'
import { golden } from '../../support/golden.ts'

/** A Wednesday, 10:00 in Berlin. */
const now = Date.UTC(2026, 7, 19, 8, 0)

const shown = PageShow.parse({
  school: 'Gymnasium am Beispielweg',
  language: 'de',
  timezone: 'Europe/Berlin',
  device: 'r214-pc07',
  room: 'Computerraum 214',
  network: 'school',
  internet: 'allowed',
  lockedUntil: null,
  services: [
    { name: 'dns', works: true },
    { name: 'time', works: false },
    { name: 'mail', works: true },
  ],
})
const told = (change: Partial<PageShow>) => /<strong>(.*)<\/strong>/.exec(page({ ...shown, ...change }, now))?.[1]

t.test('the page, in both languages', async (t) => {
  golden(t, 'page/allowed-de.html', page(shown, now))
  golden(
    t,
    'page/locked-en.html',
    page({ ...shown, language: 'en', internet: 'locked', lockedUntil: now + 1_560_000 }, now),
  )
  golden(t, 'page/waiting.html', waitingPage())
  t.match(notFoundPage(), /Diese Seite gibt es nicht/)
})

t.test('the internet, in words', async (t) => {
  t.equal(told({}), 'Das Internet ist für dieses Gerät freigegeben.')
  t.equal(told({ internet: 'off' }), 'Das Internet ist für dieses Gerät nicht freigegeben.')
  t.equal(told({ internet: 'locked' }), 'Das Internet ist in diesem Raum gesperrt.')
  const locked = (lockedUntil: number) => told({ internet: 'locked', lockedUntil })
  t.equal(locked(now + 1_560_000), 'Das Internet ist in diesem Raum gesperrt bis 10:26 Uhr.')
  t.match(locked(now + 2 * 86_400_000), /gesperrt bis Freitag, 21\. August um 10:00 Uhr/)
})

t.test('who is unknown is told so, and whatever a school calls itself stays text', async (t) => {
  t.match(page({ ...shown, device: null, room: null, network: null }, now), /<dd>nicht eingetragen<\/dd><\/dl>/)
  const evil = page({ ...shown, school: '<script>&"x"', room: "<b>'1'" }, now)
  t.notMatch(evil, /<script>|<b>/)
  t.match(evil, /&#60;script&#62;&#38;&#34;x&#34;/)
})

t.test('nothing is loaded from elsewhere', async (t) => {
  t.notMatch(page(shown, now), /\b(src|href|url\(|@import)/)
})

t.test('every service of the box has a name that people read', async (t) => {
  for (const language of ['de', 'en'] as const) {
    t.strictSame(
      resources.map(({ name }) => name).filter((name) => !(name in words[language].services)),
      [],
      language,
    )
  }
})
