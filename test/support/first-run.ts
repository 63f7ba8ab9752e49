import { spawn } from 'node:child_process'

/** `npm start` and `lab down` of a lab of this process's own, for the benches of a first run. */
export function ownLab() {
  const name = `bench-${process.pid}`
  return { start: `npm start -- --name ${name}`, down: `./iserv-ctl lab down --name ${name}` }
}

/** Everything it prints goes to standard error: the last line on standard output belongs to the bench. */
export function shell(words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', words], { stdio: ['ignore', 2, 2] })
    child.on('error', reject)
    child.on('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`${words} ended with status ${status}`)),
    )
  })
}
