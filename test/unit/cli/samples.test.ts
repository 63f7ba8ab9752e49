import t from 'tap'
import { commands } from '../../../cli/commands/index.ts'
import { renderBlocks } from '../../../cli/output/blocks.ts'
import { golden } from '../../support/golden.ts'
import { paper } from '../../support/shell.ts'
import { samples } from './samples.ts'

/** Times are shown in the zone of the machine. */
process.env['TZ'] = 'Europe/Berlin'

/** Their result is what somebody else writes: a shell on a terminal, a script, a schema. */
const withoutSample = new Set([
  'lab shell',
  'lab client',
  'state schema',
  'completion bash',
  'completion zsh',
  'completion fish',
])

const names = Object.keys(samples)

for (const { noun, verb, load } of commands) {
  const command = `${noun} ${verb}`
  t.test(command, async (t) => {
    const { output, present, status } = await load()
    const own = names.filter((name) => name === command || name.startsWith(`${command} `))
    t.equal(own.length > 0, !withoutSample.has(command), 'has a sample')
    for (const name of own) {
      const result = output.safeParse(samples[name])
      t.ok(result.success, `${name} fits the schema: ${result.error?.message ?? ''}`)
      const text = renderBlocks(present(result.data), paper)
      golden(
        t,
        `cli/samples/${name.replaceAll(' ', '-')}.txt`,
        `$ iserv-ctl ${command}\n${text}[${status(result.data)}]\n`,
      )
    }
  })
}

t.test('every sample belongs to a command', async (t) => {
  const known = commands.map(({ noun, verb }) => `${noun} ${verb}`)
  t.strictSame(
    names.filter((name) => !known.includes(name.split(' ').slice(0, 2).join(' '))),
    [],
  )
})
