import { ask } from './network.ts'

/** One DNS question from within another network namespace: SERVER PORT NAME TYPE TIMEOUT; the answer as JSON. */
const [server = '', port = '53', name = '', type = 'A', timeout = '2000'] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await ask(server, Number(port), name, type as 'A', Number(timeout))))
