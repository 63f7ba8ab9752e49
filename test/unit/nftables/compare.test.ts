import t from 'tap'
import { compare } from '../../../agent/nftables/compare.ts'
import { readListing } from '../../../agent/nftables/listing.ts'
import { accept, counter, drop, port } from '../../../agent/nftables/expression.ts'
import { rule, type Ruleset } from '../../../agent/nftables/ruleset.ts'

const hook = { type: 'filter', hook: 'input', prio: 0, policy: 'drop' } as const
const wanted: Ruleset = {
  family: 'inet',
  table: 'iserv',
  sets: [
    {
      name: 'known',
      type: 'ether_addr',
      map: 'mark',
      live: false,
      elements: [{ key: '52:54:00:00:00:01', value: 7, label: 'device pc' }],
    },
    { name: 'locked', type: 'mark', flags: ['timeout'], live: true, elements: [] },
  ],
  chains: [
    {
      name: 'input',
      hook,
      rules: [rule('web', port('tcp', { set: [80, 443] }), counter, accept), rule('rest', counter, drop)],
    },
  ],
}

interface Listed {
  readonly elements?: readonly (readonly [string, number])[]
  readonly rules?: readonly object[]
  readonly policy?: string
  readonly more?: readonly object[]
}

const web = {
  comment: 'web',
  expr: [
    { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: { set: [443, 80] } } },
    { counter: { packets: 12, bytes: 900 } },
    { accept: null },
  ],
}
const rest = { comment: 'rest', expr: [{ counter: { packets: 3, bytes: 9 } }, { drop: null }] }

function listing({
  elements = [['52:54:00:00:00:01', 7]],
  rules = [web, rest],
  policy = 'drop',
  more = [],
}: Listed = {}) {
  const own = { family: 'inet', table: 'iserv' }
  return readListing(
    JSON.stringify({
      nftables: [
        { metainfo: { version: '1.1.3' } },
        { table: { family: 'inet', name: 'iserv', handle: 1 } },
        { chain: { ...own, name: 'input', handle: 1, ...hook, policy } },
        { map: { ...own, name: 'known', type: 'ether_addr', handle: 2, map: 'mark', elem: elements } },
        {
          set: {
            ...own,
            name: 'locked',
            type: 'mark',
            handle: 3,
            flags: ['timeout'],
            elem: [{ elem: { val: 7, timeout: 60, expires: 5 } }],
          },
        },
        ...rules.map((one, index) => ({ rule: { ...own, chain: 'input', handle: 10 + index, ...one } })),
        ...more,
      ],
    }),
  )
}

const found = (listed: Listed) =>
  compare(wanted, listing(listed)).differences.map(({ sign, what }) => `${sign} ${what}`)

t.test('counters, handles, live sets and the order within an anonymous set say nothing', async (t) => {
  t.strictSame(found({}), [])
})

t.test('whatever else differs is told', async (t) => {
  t.strictSame(found({ rules: [rest] }), ['+ rule input: web'])
  t.strictSame(found({ rules: [web, rest, web] }), ['- rule input: web'])
  t.strictSame(found({ rules: [rest, web] }), ['~ order of the rules in input'])
  t.strictSame(found({ rules: [web, { expr: rest.expr }] }), ['- rule input: number 2', '+ rule input: rest'])
  t.strictSame(found({ rules: [web, { ...rest, expr: [{ drop: null }] }] }), [
    '- rule input: rest',
    '+ rule input: rest',
  ])
  t.strictSame(found({ policy: 'accept' }), ['~ chain input'])
  t.strictSame(found({ elements: [] }), ['+ device pc'])
  t.strictSame(found({ elements: [['52:54:00:00:00:01', 8]] }), ['~ device pc'])
  t.strictSame(
    found({
      elements: [
        ['52:54:00:00:00:01', 7],
        ['52:54:00:00:00:02', 7],
      ],
    }),
    ['- known 52:54:00:00:00:02'],
  )
  const own = { family: 'inet', table: 'iserv' }
  t.strictSame(found({ more: [{ chain: { ...own, name: 'mine' } }] }), ['- chain mine'])
  t.strictSame(found({ more: [{ set: { ...own, name: 'mine', type: ['ipv4_addr', 'mark'] } }] }), ['- set mine'])
  t.strictSame(found({ more: [{ quota: { ...own, name: 'mine' } }] }), ['- quota mine'])
})
