import t from 'tap'
import { filesUnder } from '../../../../agent/system/files.ts'
import { readRecipe } from '../../../../cli/build/role.ts'

const mirrors = ['http://mirror.example/debian']

t.test('a role is what a box can be: no layer below it, and nothing of the tests', async (t) => {
  const files = filesUnder()
  t.match(await readRecipe(files, 'school', mirrors), { packages: /systemd/ })
  for (const name of ['client', 'common', 'toolbox', '.', '']) {
    await t.rejects(readRecipe(files, name, mirrors), { code: 'USAGE', hint: 'Roles: school' }, name)
  }
})
