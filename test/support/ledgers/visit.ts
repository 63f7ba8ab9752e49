import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { openLedger } from '../../../agent/engine/ledger.ts'

/**
 * One visit to a ledger by the code of a release, in a process of its own: `--code FOLDER --ledger FILE --name NAME --number N`.
 * Writes what a day at school writes, all of it with this name, and prints what is in the ledger then. It may use only what
 * every release has.
 */

const { values } = parseArgs({
  options: {
    code: { type: 'string' },
    ledger: { type: 'string' },
    name: { type: 'string' },
    number: { type: 'string' },
  },
})
const { code = '', ledger: path = '', name = '', number: text = '' } = values
const number = Number(text)
const release = (await import(join(code, 'agent/engine/ledger.ts'))) as { readonly openLedger: typeof openLedger }
const opened = release.openLedger(path, 0)
const { ledger } = opened
const id = crypto.randomUUID() as ReturnType<typeof ledger.people.list>[number]['id']
const group = crypto.randomUUID() as ReturnType<typeof ledger.groups.list>[number]['id']

ledger.transaction(() => {
  ledger.people.put({
    id,
    login: `p.${name}` as ReturnType<typeof ledger.people.list>[number]['login'],
    given: 'Eva',
    surname: name,
    birth: '2014-03-31',
    role: 'pupil',
    origin: { source: 'office', id: name },
    mail: null,
    state: 'active',
    since: 0,
    locked: false,
    number,
    sid: null,
  })
  ledger.groups.put({
    id: group,
    name: `g-${name}` as ReturnType<typeof ledger.groups.list>[number]['name'],
    title: name,
    kind: 'class',
    origin: null,
    ended: null,
    number,
    sid: null,
  })
  ledger.groups.join([{ group, person: id, part: 'member', source: null }])
  ledger.people.patch(id, { login: `q.${name}` as ReturnType<typeof ledger.people.list>[number]['login'] })
})
ledger.firstPasswords.put(id, `sealed for ${name}`, number)
ledger.locks.set({
  room: name as ReturnType<typeof ledger.locks.list>[number]['room'],
  since: 1,
  until: null,
  by: 'anna',
})
const generation = ledger.generations.next()
ledger.generations.add({
  number: generation,
  documents: [{ file: 'school.yaml', text: name }],
  at: 0,
  by: 'anna',
  reason: name,
  outcome: 'applied',
  detail: '',
})
ledger.generations.makeCurrent(generation)
ledger.imports.add({
  digest: name,
  source: 'office',
  at: 0,
  by: 'anna',
  state: 'done',
  base: 0,
  revision: 0,
  before: null,
  counts: '{}',
  ended: 0,
})

const people = ledger.people.list()
const inside = {
  damaged: opened.damaged ?? null,
  people: people.map(({ login }) => login).toSorted(),
  former: people
    .flatMap(({ id, surname }) => (ledger.people.formerOwner(`p.${surname}`) === id ? [surname] : []))
    .toSorted(),
  found: ledger.people.search(name, 10).map(({ login }) => login),
  members: ledger.groups.list().flatMap(({ id }) => ledger.groups.members(id)).length,
  passwords: ledger.firstPasswords
    .list(people.map(({ id }) => id))
    .map(({ sealed }) => sealed)
    .toSorted(),
  locks: ledger.locks.list(2).map(({ room }) => room),
  generations: ledger.generations
    .list(100)
    .map(({ reason }) => reason)
    .toSorted(),
  current: ledger.generations.current()?.reason,
  import: ledger.imports.last()?.digest,
}
ledger.close()
console.log(JSON.stringify(inside))
