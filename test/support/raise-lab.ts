import { localSystem } from '../../agent/system/local.ts'
import { exampleClients, examplePorts } from '../../cli/lab/example.ts'
import { raiseLab } from '../../cli/lab/lab.ts'

/** A program that raises a lab and leaves it, for tests that kill it: NAME TREE. */
const [name = '', tree = ''] = process.argv.slice(2)
await raiseLab({ name, source: { tree }, ports: examplePorts, clients: exampleClients }, localSystem())
console.log('up')
