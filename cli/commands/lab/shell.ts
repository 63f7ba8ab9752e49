import { z } from 'zod'
import { defineCommand } from '../../command.ts'
import { findLab } from '../../lab/lab.ts'
import { LabName, requireRoot, Words } from './options.ts'

export const labShell = defineCommand({
  description:
    "Opens a root shell on the lab's server, or runs one program there. On a virtual machine the shell is its console; a program there gets its whole input first, its words come when it has ended, and it goes on for an hour at most when nobody waits for it.",
  input: z.strictObject({ name: LabName, words: Words }),
  positionals: ['words'],
  output: z.strictObject({ status: z.int().meta({ description: 'Exit status of the shell or program.' }) }),
  examples: [
    { line: 'lab shell', tells: 'A shell on the server.' },
    { line: 'lab shell -- iserv-ctl box status', tells: 'One command on the server.' },
  ],
  async run({ name, words }, { system, interactive, warn }) {
    requireRoot('lab shell')
    const { box } = await findLab(name, system)
    if (words.length > 0) return { status: await interactive([...box.enter, ...words]) }
    if (!('console' in box)) return { status: await interactive([...box.enter, 'bash', '-l']) }
    warn('This is the console of the machine; leave it with Ctrl-]')
    return { status: await interactive(['socat', '-,raw,echo=0,escape=0x1d', `UNIX-CONNECT:${String(box.console)}`]) }
  },
  present: () => [],
  status: ({ status }) => status,
})
