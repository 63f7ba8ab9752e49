import t from 'tap'
import { judge } from '../../../cli/commands/directory/restore.ts'

t.test('what came of a restore is told as it is', (t) => {
  const message = (failed: boolean, halfWay: boolean, inPlace: boolean) => judge({ failed, halfWay, inPlace })?.message
  t.equal(message(false, false, true), undefined)
  t.match(message(true, false, true), /in place, but not all/)
  t.match(message(true, false, false), /Nothing was changed/)
  t.match(message(false, false, false), /another restore/)
  for (const failed of [false, true]) {
    for (const inPlace of [false, true]) t.match(message(failed, true, inPlace), /half way/)
  }
  t.end()
})
