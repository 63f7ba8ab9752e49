import { createInterface } from 'node:readline'
import { isBoxError } from '../../agent/errors.ts'
import { localSystem } from '../../agent/system/local.ts'
import { type Answer, parseLine, Request } from './line.ts'

/**
 * Runs on the box of a virtual machine, where the lab starts it at the second serial port: runs the programs it is
 * told, one request a line, and answers with what they said.
 */

const { processes } = localSystem()

async function run({ id, argv, input }: Request): Promise<Answer> {
  const [program, ...rest] = argv
  if (program === undefined) return { id, status: 0, stdout: '', stderr: '' }
  try {
    const accept = Array.from({ length: 256 }, (_, status) => status)
    return { id, ...(await processes.run([program, ...rest], { input, accept, timeout: 3_600_000 })) }
  } catch (error) {
    if (!isBoxError(error)) throw error
    return { id, status: 127, stdout: '', stderr: `${error.message}\n` }
  }
}

// A terminal would cut lines at 4096 characters and repeat what it hears.
process.stdin.setRawMode(true)
for await (const line of createInterface({ input: process.stdin })) {
  const request = Request.safeParse(parseLine(line))
  if (request.success) {
    void run(request.data).then((answer) => process.stdout.write(`${JSON.stringify(answer)}\n`))
  }
}
