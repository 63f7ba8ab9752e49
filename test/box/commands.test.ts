import t from 'tap'
import { codes, exitStatus } from '../../agent/errors.ts'
import { commands } from '../../cli/commands/index.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** Every example of the manual, typed on a real box: what comes is what the manual says. */

const box = await startBox(t)
const school = exampleText()
await box.apply(school)
const device = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
await device.dhcp()

/** The files that examples speak of, where the box can be written to. */
const folder = '/var/tmp'
const files: Readonly<Record<string, string>> = {
  'school.yaml': school,
  'devices.yaml': 'devices:\n  - { name: printer, mac: "52:54:00:77:00:01", network: school }\n',
  'devices.csv': 'name;mac;room\nr118-pc32;52:54:00:18:32:01;r118\n',
  'rechner.csv': 'name;mac;room\nr119-pc01;52:54:00:19:01:01;r119\n',
}
for (const [name, text] of Object.entries(files)) await box.system.files.write(`${folder}/${name}`, text)

/** Examples that need what this young box has not, and what they are told. */
const otherwise: Readonly<Record<string, keyof typeof codes>> = {
  'state show 12': 'STATE_GENERATION_UNKNOWN',
  'state rollback 12': 'STATE_GENERATION_UNKNOWN',
}

const nouns = new Set(['box', 'state', 'device', 'dhcp', 'dns', 'room', 'firewall'])

/** In the order of the manual, but devices that others speak of are taken away last. */
const listings = commands
  .filter(({ noun }) => nouns.has(noun))
  .toSorted((a, b) => Number(a.verb === 'remove') - Number(b.verb === 'remove'))

for (const { noun, verb, load } of listings) {
  const { examples, output } = await load()
  for (const { line } of examples.filter((example) => !/--follow|[|>]/.test(example.line))) {
    t.test(line, async (t) => {
      const words = line.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? []
      const argv = words.map((word) => (word in files ? `${folder}/${word}` : word))
      const { status, stdout, stderr } = await box.control([...argv, ...(argv.includes('--json') ? [] : ['--json'])], {
        accept: Object.values(exitStatus),
      })
      const expected = otherwise[line]
      if (expected === undefined) {
        t.equal(status, 0, stderr + stdout)
        const result = output.safeParse(JSON.parse(stdout))
        t.ok(result.success, `${noun} ${verb} answers in its documented shape: ${result.error?.message ?? ''}`)
      } else {
        t.equal(status, exitStatus[codes[expected]])
        t.match(JSON.parse(stdout), { error: { code: expected } })
      }
    })
  }
}
