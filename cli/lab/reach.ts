import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Answer, parseLine, type Request } from './line.ts'

/**
 * Runs a program on a virtual machine: SOCKET PROGRAM ARGUMENT… A program of its own, so that it can be put in front of
 * an argv as `nsenter` is for a container. Waits until the machine has come up, and until an earlier caller has hung up:
 * there is one line. Ends with status 255 when the machine is off.
 */

const [socketPath = '', ...argv] = process.argv.slice(2)
const input = process.stdin.isTTY ? '' : await text(process.stdin)
const socket = connect(socketPath)
socket.on('error', () => process.exit(255))
const send = (request: Request): void => void socket.write(`\n${JSON.stringify(request)}\n`)

// A machine that still boots forgets what it hears, so it is asked again until it is there; the program is sent once.
const [greeting, work] = [crypto.randomUUID(), crypto.randomUUID()]
const greet = (): void => send({ id: greeting, argv: [], input: '' })
const asking = setInterval(greet, 2000)
greet()

for await (const line of createInterface({ input: socket })) {
  const answer = Answer.safeParse(parseLine(line)).data
  if (answer?.id === greeting && asking.hasRef()) {
    clearInterval(asking.unref())
    send({ id: work, argv, input })
  }
  if (answer?.id === work) {
    process.stdout.write(answer.stdout)
    process.stderr.write(answer.stderr)
    process.exitCode = answer.status
    break
  }
}
clearInterval(asking)
socket.destroy()
process.exitCode ??= 255
