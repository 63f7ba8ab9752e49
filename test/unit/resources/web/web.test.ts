import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { derive } from '../../../../agent/resources/web/derive.ts'
import { describe, plan } from '../../../../agent/resources/web/plan.ts'
import { digestOf, render } from '../../../../agent/resources/web/render.ts'
import type { WebActual } from '../../../../agent/resources/web/schema.ts'
import { golden } from '../../../support/golden.ts'
import { exampleInput } from '../../../support/school.ts'

const of = (services: SchoolStateInput['services']) =>
  derive({ state: SchoolState.parse({ ...exampleInput(), services }) })
const web = { name: 'web', protocol: 'tcp' as const, ports: [80, 443] }

t.test('the example school has a page for its school networks', async (t) => {
  for (const { path, text } of render(of([{ ...web, from: ['school'] }]))) golden(t, `nginx/example/${path}`, text)
})

t.test('it is served only where a service opens the web, and only there', async (t) => {
  t.equal(of([]).page, undefined)
  t.equal(of([{ ...web, ports: [443], from: ['school'] }]).page, undefined)
  const outside = of([{ ...web, from: ['uplink'] }])
  t.equal(outside.page, undefined, 'nothing of the page is for the internet')
  const [file] = render(outside)
  t.match(file?.text, /listen 80 default_server;[^]*deny all;[^]*acme-challenge/, 'an authority may ask')
  t.notMatch(file?.text, /listen 443|proxy_pass/)
  t.same(of([{ ...web, from: ['guest'] }]).page?.networks, ['10.30.0.0/22', 'fd20:2::/64'])
  t.match(
    render(of([]))[0]?.text,
    /^server \{\n {2}listen unix:[^}]+\n {2}return 200 "[0-9a-f]{16} \$certificate";\n\}\n$/,
  )
})

t.test('what has to be done', async (t) => {
  const desired = of([{ ...web, from: ['school'] }])
  const loaded = { configuration: digestOf(desired), certificate: 'a' }
  const lines = (actual: WebActual) => plan(desired, actual).map(describe)
  t.same(lines({ loaded, present: 'a' }), [])
  t.match(lines({ loaded, present: 'b' }), [/another certificate$/])
  t.match(lines({ loaded: undefined, present: 'a' }), [/^restart nginx/])
  t.match(lines({ loaded: { ...loaded, configuration: digestOf(of([])) }, present: 'a' }), [/^reload nginx/])
})
