import t from 'tap'
import { readEntry } from '../../../../agent/resources/dns/domain.ts'
import { blockedLines, gather, isCovered, nothingGathered, signatureOf } from '../../../../agent/resources/dns/lists.ts'
import type { ListPlan } from '../../../../agent/resources/dns/schema.ts'
import { fc } from '../../../support/property.ts'

const plan: ListPlan = {
  shape: 'a',
  lists: [
    { name: 'games', domains: [], file: 'games.txt' },
    { name: 'proxy', domains: [] },
  ],
  only: [],
  own: ['schule.lan.', '20.10.in-addr.arpa.'],
}

t.test('one line is a domain, nothing, or broken', async (t) => {
  const read: readonly (readonly [string, string | undefined])[] = [
    ['example.org', 'example.org'],
    ['  Example.ORG.  # why', 'example.org'],
    ['*.example.org', 'example.org'],
    ['.example.org', 'example.org'],
    ['ads_1.example.org\r', 'ads_1.example.org'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['', ''],
    ['   # only a comment', ''],
    ['de', undefined],
    ['10.1.2.3', undefined],
    ['example.org/path', undefined],
    ['exa mple.org', undefined],
    ['-a.example.org', undefined],
    ['a..example.org', undefined],
    ['a".example.org', undefined],
    [`${'a'.repeat(64)}.example.org`, undefined],
    [`${'a.'.repeat(126)}ab`, undefined],
    // As a hosts file has it.
    ['0.0.0.0 example.org', 'example.org'],
    ['127.0.0.1\tads.example.org www.ads.example.org # two', 'ads.example.org www.ads.example.org'],
    ['::1 localhost ip6-loopback', ''],
    ['127.0.0.1 localhost', ''],
    ['10.1.2.3 printer.example.org', undefined],
    ['0.0.0.0 -bad.example.org', undefined],
    // As Adblock has it.
    ['[Adblock Plus 2.0]', ''],
    ['! Title: a list', ''],
    ['||example.org^', 'example.org'],
    ['||Ads.example.org^$important', 'ads.example.org'],
    ['||example.org^$third-party', undefined],
    ['||example.org/banner', undefined],
    ['@@||example.org^', undefined],
    ['example.org##.banner', undefined],
    ['example.org#@#.banner', undefined],
    ['/banner[0-9]+/', undefined],
  ]
  for (const [line, domains] of read) t.equal(readEntry(line)?.join(' '), domains, JSON.stringify(line))
})

t.test('whatever a line holds, what comes out can stand in a configuration', async (t) => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.domain(),
    fc.stringMatching(/^(\|\||0\.0\.0\.0 )?[a-z0-9._*^$"#\n\\ -]{0,80}$/),
  )
  fc.assert(
    fc.property(line, (text) => {
      const domains = readEntry(text) ?? []
      return domains.every((domain) => /^[a-z0-9_.-]+$/.test(domain) && domain.length < 254)
    }),
  )
  t.pass()
})

t.test('lists are joined, with a note of every broken line', async (t) => {
  const all = nothingGathered()
  gather(
    all,
    plan,
    { list: 'games', file: 'games.txt' },
    ['a.example', 'broken line', 'b.example', 'pc.schule.lan'],
    100,
  )
  gather(all, plan, { list: 'proxy', file: '' }, ['a.example', 'a.example', 'schule.lan', 'notschule.lan'])
  t.same(
    [...all.domains],
    [
      ['a.example', 'games proxy'],
      ['b.example', 'games'],
      ['notschule.lan', 'proxy'],
    ],
  )
  t.same(all.broken, [
    { list: 'games', file: 'games.txt', line: 102, value: 'broken line' },
    { list: 'games', file: 'games.txt', line: 104, value: 'pc.schule.lan' },
    { list: 'proxy', file: '', line: 3, value: 'schule.lan' },
  ])
  for (let index = 0; index < 50; index += 1) gather(all, plan, { list: 'proxy', file: '' }, ['x'])
  t.match(all, { brokenCount: 53, broken: { length: 20 } })
  t.equal(
    blockedLines('a.example', 'games proxy'),
    'local-zone: a.example. always_nxdomain\nlocal-zone-tag: a.example. "games proxy"\n',
  )
})

t.test('a sub-domain is left out only where the domain above counts for the same lists', async (t) => {
  const domains = new Map([
    ['example.org', 'games'],
    ['a.example.org', 'proxy'],
  ])
  t.ok(isCovered(domains, 'www.example.org', 'games'))
  t.notOk(isCovered(domains, 'www.example.org', 'proxy'))
  t.notOk(isCovered(domains, 'www.example.org', 'games proxy'))
  t.ok(isCovered(domains, 'x.a.example.org', 'games proxy'), 'by two domains together')
  t.notOk(isCovered(domains, 'example.org', 'games'), 'nothing covers itself')
})

t.test('a file with another size or time is another list', async (t) => {
  const before = signatureOf(plan, { 'games.txt': { size: 1, modified: 1 } })
  t.not(signatureOf(plan, { 'games.txt': { size: 2, modified: 1 } }), before)
  t.not(signatureOf(plan, {}), before)
  t.equal(signatureOf(plan, { 'games.txt': { size: 1, modified: 1 }, 'else.txt': { size: 9, modified: 9 } }), before)
})
