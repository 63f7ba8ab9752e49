import t from 'tap'
import { keysIn } from '../../../agent/model/keys.ts'
import { exampleText } from '../../support/school.ts'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ada@office'
const other = key.replace('ada@office', 'grace@home')
const keys = (text: string) => keysIn([{ file: 'state.yaml', text }])
const school = (...lines: readonly string[]): string =>
  `${exampleText()}\nadministration:\n  keys:\n${lines.map((line) => `    - ${line}\n`).join('')}`

t.test('keys are found whatever else is wrong with a state', async (t) => {
  t.strictSame(keys(school(key)), [key])
  t.strictSame(keys(school(key).replace('10.30.0.1/22', '10.300.0.1/22')), [key])
  t.strictSame(keys(school(key).replace('uplink:', 'uplnik:')), [key])
  t.strictSame(keys(school('ssh-dss AAAA nobody', other)), [other], 'what is no key opens nothing')
})

t.test('where nothing can be read there are none', async (t) => {
  t.strictSame(keys(''), [])
  t.strictSame(keys(exampleText()), [])
  t.strictSame(keys(`${school(key)}\n  wrong: [`), [])
  t.strictSame(keys('administration: { keys: "*" }'), [])
  t.strictSame(keys('administration: 7'), [])
})
