import { BoxError } from '../errors.ts'
import type { Database } from './database.ts'
import { expansions, migrations } from './migrations.ts'

/**
 * Brings a ledger to the tables of this version; writes nothing where it has them already, or more.
 * @param added what this version's agent adds to the closed list
 * @throws `STATE_NEWER` when something this agent uses was taken away since.
 */
export function migrate(path: string, { store, run }: Pick<Database, 'store' | 'run'>, added = expansions): void {
  const version = Number(store.get('pragma user_version')?.['user_version'])
  if (version > migrations.length) {
    throw new BoxError('STATE_NEWER', `${path} has version ${version}; this agent knows ${migrations.length}`, {
      hint: 'Boot the newer system again. Services keep running as they are meanwhile.',
    })
  }
  const has = store.get("select 1 from sqlite_master where name = 'expansions'") !== undefined
  const done = has ? Number(store.get('select count(*) as n from expansions')?.['n']) : 0
  if (version === migrations.length && done >= added.length) return
  store.transaction(() => {
    for (const sql of migrations.slice(version)) run(sql)
    if (version < migrations.length) run(`pragma user_version = ${migrations.length}`)
    if (added.length === 0) return
    run('create table if not exists expansions (number integer primary key) strict')
    added.slice(done).forEach((sql, index) => {
      run(sql)
      store.run('insert into expansions (number) values (?)', done + index + 1)
    })
  })
}
