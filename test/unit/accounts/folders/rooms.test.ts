import t from 'tap'
import { derive } from '../../../../agent/accounts/folders/derive.ts'
import { keepRoomsApart, projectsIn } from '../../../../agent/accounts/folders/rooms.ts'
import type { System } from '../../../../agent/system/system.ts'
import { registerOf, someGroup } from '../../../support/files-people.ts'
import { exampleSchool } from '../../../support/school.ts'

t.test('lsattr tells which folders hand a number down', async (t) => {
  const text = [
    '    0 --------------e------- /var/srv/classes/5a/Material',
    '150301 -----------I--e----P-- /var/srv/classes/5a/Abgabe',
    '150302 --------------e------- /var/srv/classes/5a/Austausch',
    'lsattr: Operation not supported While reading flags on /var/srv/classes/5b/Abgabe',
    '150306 --------------e----P-- /var/srv/classes/5 P/Material',
  ].join('\n')
  t.strictSame(
    [...projectsIn(text)],
    [
      ['/var/srv/classes/5a/Abgabe', 150_301],
      ['/var/srv/classes/5 P/Material', 150_306],
    ],
  )
})

/** lsattr and chattr on a disk that keeps numbers, or does not. */
function disk(keeps: boolean) {
  const numbers = new Map<string, number>()
  const asked: string[] = []
  const run = async ([program, path = '', ...rest]: readonly string[]) => {
    if (program === 'find') {
      asked.push(path)
      if (keeps) numbers.set(path, Number(rest[rest.indexOf('-p') + 1]))
    }
    const paths = program === 'lsattr' ? rest.slice(2) : []
    return {
      stdout: paths.map((one) => `${numbers.get(one) ?? 0} ---${numbers.has(one) ? 'P' : '-'} ${one}\n`).join(''),
    }
  }
  return { numbers, asked, system: { processes: { run } } as unknown as Pick<System, 'processes'> }
}

const groups = [someGroup('5a', 50_100), someGroup('5b', 50_101), someGroup('Englisch', 50_102, 'course')]
const desired = derive(registerOf([], groups), exampleSchool())

t.test('every room has a number of its own, given once', async (t) => {
  const { numbers, asked, system } = disk(true)
  t.strictSame(await keepRoomsApart(desired, system), [])
  t.equal(numbers.size, 9)
  t.equal(new Set(numbers.values()).size, 9)
  t.strictSame(await keepRoomsApart(desired, system), [])
  t.equal(asked.length, 9)
})

t.test('a disk without numbers is asked for one, and told of', async (t) => {
  const { asked, system } = disk(false)
  t.match(await keepRoomsApart(desired, system), [{ code: 'rooms-open' }])
  t.equal(asked.length, 1)
})
