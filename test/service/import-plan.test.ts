import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { preparePlan } from '../../agent/accounts/plan/prepare.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import type { Agent } from '../../agent/contract/agent.ts'
import { agentAt } from '../../agent/contract/client.ts'
import { importApply } from '../../agent/contract/import-job.ts'
import { importPlan } from '../../agent/contract/import-plan.ts'
import { BoxError } from '../../agent/errors.ts'
import { type Ledger, openLedger } from '../../agent/engine/ledger.ts'
import type { ImportPlan } from '../../agent/model/import-plan.ts'
import { parsePlan } from '../../agent/model/plan-text.ts'
import type { Register } from '../../agent/model/register.ts'
import { SchoolState } from '../../agent/model/state.ts'
import { localSystem } from '../../agent/system/local.ts'
import type { Context } from '../../cli/command.ts'
import { importPlanCommand } from '../../cli/commands/import/plan.ts'
import { iservParents, iservPupils, schildClasses, schildPupils, schildTeachers } from '../support/people-files.ts'
import { carriedOut, nobody } from '../support/people-readings.ts'
import { generatedPeople, nextYear } from '../support/people.ts'
import { handlers } from '../../agent/sockets/handlers/index.ts'
import { serveSocket } from '../../agent/sockets/server.ts'
import { startAgent } from '../support/engine.ts'
import { exampleInput, exampleTextWithDirectory } from '../support/school.ts'

/** From files to plans, before a real ledger; the directory is nowhere near. */

const state = SchoolState.parse({ ...exampleInput(), directory: { address: '10.20.0.3' } })

/** The register becomes what the plan says, as carrying it out leaves it. */
function enter(ledger: Ledger, before: Register, plan: ImportPlan): void {
  const after = carriedOut({ ...before, revision: plan.base }, plan)
  ledger.transaction(() => {
    ledger.groups.leave(before.memberships)
    for (const group of after.groups) ledger.groups.put({ ...group, ended: 1 })
    for (const group of after.groups) ledger.groups.put(group)
    for (const person of after.people) ledger.people.put(person)
    ledger.groups.join(after.memberships)
  })
}

function school(t: Test) {
  const folder = t.testdir()
  const system = localSystem({ root: folder })
  const { ledger } = openLedger(join(folder, 'ledger.sqlite'), 0)
  t.teardown(() => ledger.close())
  const agent: Agent = {
    call: async (operation, request) =>
      operation.response.parse(
        JSON.parse(
          JSON.stringify(await preparePlan(importPlan.request.parse(request), { system, ledger, state, births: true })),
        ),
      ),
  }
  const files: Record<string, Buffer | string> = {}
  const plan = async (input: Record<string, unknown>) => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const context = { system, agent, folder: '/' } as unknown as Context
    const told = await importPlanCommand.run(importPlanCommand.input.parse(input), context)
    return { told, status: importPlanCommand.status(told), text: await readFile(join(folder, 'import.plan'), 'utf8') }
  }
  return { folder, system, ledger, files, plan }
}

t.test('a year of the generated school, from the files of its office', async (t) => {
  const { folder, ledger, files, plan } = school(t)
  const first = generatedPeople({ parents: true })
  Object.assign(files, {
    'schueler.csv': `\uFEFF${schildPupils(first)}`,
    'lehrer.csv': schildTeachers(first),
    'eltern.csv': iservParents(first),
  })
  const begun = await plan({ file: ['schueler.csv', 'lehrer.csv'], out: 'import.plan', page: 'plan.html' })
  const made = parsePlan(begun.text, 'import.plan')
  t.equal(begun.status, 0)
  t.equal(made.source, 'schild')
  t.equal(made.people.filter(({ kind }) => kind === 'new').length, 2000)
  for (const name of ['import.plan', 'plan.html'])
    t.equal((await stat(join(folder, name))).mode & 0o777, 0o600, `${name} is its owner's`)
  const page = await readFile(join(folder, 'plan.html'), 'utf8')
  t.ok(page.includes('Brömmelkamp, Lina') && page.includes('lang="de"'))
  t.notMatch(page, /<script|https?:\/\//, 'nothing runs, nothing is loaded')
  enter(ledger, nobody, made)

  const again = await plan({ file: ['schueler.csv', 'lehrer.csv'], out: 'import.plan' })
  t.match(again.told, { nothing: true })

  const parents = parsePlan(
    (await plan({ file: ['eltern.csv'], source: 'eltern', out: 'import.plan' })).text,
    'import.plan',
  )
  t.equal(
    parents.people.length,
    first.people.filter(({ role }) => role === 'parent').length,
    'each parent once, however many children',
  )

  const { school: later, story } = nextYear(first)
  files['schueler.csv'] = schildPupils(later)
  files['lehrer.csv'] = schildTeachers(later)
  files['SchuelerKlassen.dat'] = schildClasses(first)
  const all = ['schueler.csv', 'lehrer.csv', 'SchuelerKlassen.dat']
  const held = await plan({ file: all, out: 'import.plan' })
  t.match(held.told, { guard: { leaving: 250, managed: 2000, whole: true, needed: 250 }, renames: [], proposals: [] })
  t.equal(held.status, 6, 'nothing goes on by itself')
  const allowed = await plan({ file: all, allowLeaving: 250, out: 'import.plan' })
  t.match(allowed.told, { guard: null })
  t.equal(allowed.status, 0)
  const year = parsePlan(allowed.text, 'import.plan')
  t.equal(
    year.groups.filter(
      ({ kind, ...change }) => kind === 'renamed' && 'after' in change && change.after.name.startsWith('klasse-'),
    ).length,
    story.renames.length,
  )
})

t.test('an excerpt is named as one', async (t) => {
  const { ledger, files, plan } = school(t)
  const whole = generatedPeople()
  files['schueler.csv'] = schildPupils(whole)
  const begun = parsePlan((await plan({ file: ['schueler.csv'], out: 'import.plan' })).text, 'import.plan')
  enter(ledger, nobody, begun)
  files['schueler.csv'] = schildPupils({
    ...whole,
    people: whole.people.filter(({ classes }) => ['5a', '5b', '7c'].includes(classes[0] ?? '')),
  })
  const { told, status } = await plan({ file: ['schueler.csv'], out: 'import.plan' })
  t.match(told, { remarks: ['Die Datei enthält 3 von 80 Klassen. Ist sie ein Auszug?'], guard: { managed: 1860 } })
  t.equal(status, 6)
})

t.test('everything that is wrong at once, and nothing from a file without people', async (t) => {
  const { files, plan } = school(t)
  files['schueler.csv'] = [
    'Interne ID-Nummer;Nachname;Vorname;Klasse;Geburtsdatum',
    '1;Müller;Anna;5a;31.02.2014',
    '2;Wolf;;5a;01.01.2014',
    '3;Kaya;Elif;5a;01.01.2014',
    '3;Koch;Paul;5a;01.01.2014',
  ].join('\n')
  const wrong = { file: ['schueler.csv'], rename: ['9x=5a'], confirm: ['schueler.csv:99=new'], out: 'import.plan' }
  const error: unknown = await plan(wrong).catch((reason: unknown) => reason)
  if (!(error instanceof BoxError)) throw error
  t.equal(error.code, 'PEOPLE_INVALID')
  const messages = error.problems.map(({ message }) => message).join('\n')
  for (const part of [/31\.02\.2014/, /Wolf/, /\b3\b/, /there is no class 9x/, /nobody is read from schueler.csv:99/])
    t.match(messages, part)
  files['schueler.csv'] = 'Interne ID-Nummer;Nachname;Vorname;Klasse;Geburtsdatum\n'
  await t.rejects(plan({ file: ['schueler.csv'], out: 'import.plan' }), { code: 'PEOPLE_INVALID' })
  files['schueler.csv'] = ''
  await t.rejects(plan({ file: ['schueler.csv'], out: 'import.plan' }), { code: 'PEOPLE_INVALID' })
})

t.test('passwords of a file are in no plan and no page, only sealed; weak ones are told and not taken', async (t) => {
  const { folder, system, ledger, files, plan } = school(t)
  const planted = 'zebu-kamu-99'
  const rows = iservPupils(generatedPeople()).split('\r\n').slice(0, 4)
  files['liste.csv'] = rows
    .map((row, index) => (index === 0 ? row : row.replace(';;;', index === 3 ? ';;123;' : `;;${planted};`)))
    .join('\r\n')
  const { told, text } = await plan({ file: ['liste.csv'], out: 'import.plan', page: 'plan.html' })
  const { people, seal: made } = parsePlan(text, 'import.plan')
  t.strictSame(
    people.map((change) => change.kind === 'new' && change.wishedPassword).toSorted((a, b) => Number(a) - Number(b)),
    [false, true, true],
  )
  t.match(told, {
    warnings: [
      { severity: 'warning', path: 'password', message: /the password that the file asks for has 3 characters/ },
    ],
  })
  const seal = await openSeal(system)
  const ids = people.map(({ id }) => id)
  const kept = () => ledger.firstPasswords.list(ids).map(({ sealed, person }) => seal.open(sealed, person))
  t.strictSame(kept(), [], 'they wait for the plan to be carried out')
  const holding = execFileSync(
    'sh',
    ['-c', `grep --recursive --files-with-matches --binary-files=text ${planted} . || true`],
    { cwd: folder, encoding: 'utf8' },
  )
  t.equal(holding.trim(), './liste.csv', 'nothing but the file itself holds it')
  ledger.firstPasswords.grant(made, ids)
  t.strictSame(kept(), [planted, planted])
})

t.test('what can be planned can be carried out, however large the school', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'agent-'))
  const system = { ...localSystem({ root }), journal: { write: () => undefined } }
  const { engine, ledger, registrar, imports } = await startAgent(root, system, [])
  await engine.apply({ documents: [{ file: 'school.yaml', text: exampleTextWithDirectory() }], by: 'test', reason: '' })
  const path = join(root, 'agent.sock')
  const deps = { system, ledger, engine, registrar, imports, version: '0.0.0' }
  const socket = await serveSocket({ at: { path }, audience: 'platform', handlers, deps })
  t.teardown(async () => {
    await socket.close()
    ledger.close()
    rmSync(root, { recursive: true })
  })
  const platform = agentAt({ socket: path, by: 'platform' })
  const pupils = schildPupils(generatedPeople({ size: 40_140 }))
  const files = [{ name: 'schueler.csv', content: Buffer.from(pupils).toString('base64') }]
  const { plan } = await platform.call(importPlan, { files, page: true })
  t.ok(JSON.stringify(plan).length > 16 * 1024 * 1024)
  t.match(await platform.call(importApply, { plan, dryRun: true }), { counts: { new: 40_000 } })
})
