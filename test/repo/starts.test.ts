import t from 'tap'
import { projectFiles, textOf } from './tree.ts'

t.test('every Node of ours does without what makes it die at its first start', async (t) => {
  const starts = projectFiles()
    .filter((path) => path.endsWith('.service') || path === 'iserv-ctl' || path === 'cli/lab/hardware.ts')
    .flatMap((path) => textOf(path).split('\n'))
    .filter((line) => /^ExecStart=.*\/bin\/node |exec "\$node"/.test(line))
  t.ok(starts.length >= 5)
  for (const line of starts) t.match(line, /node"? --liftoff-only /)
})
