import { hash } from 'node:crypto'
import { constants, DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { expansions, migrations } from '../../agent/engine/migrations.ts'

/**
 * An agent of the release before works with the ledger that this one has written. So nothing that is there may go or mean
 * something else: what is no longer used is taken away two releases later, and then the closed list gets longer.
 */

/** What SQLite is asked for while it carries an expansion out, as far as an older agent could notice it. */
function noticed(added: readonly string[], before: readonly string[] = []): readonly string[] {
  const database = new DatabaseSync(':memory:')
  for (const sql of [...migrations, ...before]) database.exec(sql)
  const columns = new Map<string, ReadonlySet<string>>()
  for (const { name } of database.prepare("select name from sqlite_schema where type = 'table'").all()) {
    const found = database.prepare('select name from pragma_table_info(?)').all(String(name))
    columns.set(String(name), new Set(found.map((one) => String(one['name']))))
  }
  const old = (table: string | null): boolean => columns.has(table ?? '')
  const found: string[] = []
  const acts: Readonly<Record<number, (first: string | null, second: string | null) => string | undefined>> = {
    [constants.SQLITE_DROP_TABLE]: (table) => (old(table) ? `drops the table ${table}` : undefined),
    [constants.SQLITE_DROP_INDEX]: (index, table) => (old(table) ? `drops the index ${index}` : undefined),
    [constants.SQLITE_DROP_TRIGGER]: (trigger, table) => (old(table) ? `drops the trigger ${trigger}` : undefined),
    [constants.SQLITE_CREATE_TRIGGER]: (trigger, table) => (old(table) ? `makes the trigger ${trigger}` : undefined),
    [constants.SQLITE_DELETE]: (table) => (old(table) ? `deletes from ${table}` : undefined),
    [constants.SQLITE_INSERT]: (table) => (old(table) ? `inserts into ${table}` : undefined),
    [constants.SQLITE_UPDATE]: (table, column) =>
      columns.get(table ?? '')?.has(column ?? '') === true ? `changes ${table}.${column}` : undefined,
  }
  database.setAuthorizer((code, first, second) => {
    // SQLite's own record of the schema, and what it does on the way to a new column.
    if (first?.startsWith('sqlite_') !== true) found.push(...[acts[code]?.(first, second) ?? []].flat())
    return constants.SQLITE_OK
  })
  for (const sql of added) database.exec(sql)
  database.setAuthorizer(null)
  for (const [table, known] of columns) {
    const now = database.prepare('select name from pragma_table_info(?)').all(table)
    const names = new Set(now.map((one) => String(one['name'])))
    for (const name of known) if (!names.has(name)) found.push(`takes ${table}.${name} away`)
    for (const index of database.prepare('select name, "unique", origin from pragma_index_list(?)').all(table)) {
      const made = added.some((sql) => sql.includes(String(index['name'])))
      if (made && index['unique'] === 1) found.push(`makes ${table} unique by ${String(index['name'])}`)
    }
  }
  database.close()
  return [...new Set(found)]
}

t.test('an expansion adds, and takes nothing away', async (t) => {
  for (const [index, sql] of expansions.entries()) t.strictSame(noticed([sql], expansions.slice(0, index)), [], sql)
})

t.test('what is none is noticed', async (t) => {
  const wrong: Readonly<Record<string, string>> = {
    'drop table samba_trials': 'drops the table samba_trials',
    'alter table people drop column other_ids': 'takes people.other_ids away',
    'alter table people rename column birth to born': 'takes people.birth away',
    'alter table locks rename to room_locks': 'takes locks.room away',
    'drop index people_by_origin': 'drops the index people_by_origin',
    'drop trigger login_changed': 'drops the trigger login_changed',
    "update people set state = 'gone'": 'changes people.state',
    'delete from steps': 'deletes from steps',
    "insert into stale (name) values ('dns')": 'inserts into stale',
    'create unique index people_by_birth on people (birth)': 'makes people unique by people_by_birth',
    'create trigger closed before insert on people begin select raise(abort, 1); end': 'makes the trigger closed',
  }
  for (const [sql, words] of Object.entries(wrong))
    t.ok(noticed([sql]).includes(words), `${sql}: ${noticed([sql]).join()}`)
  const right = [
    'alter table people add column shoe integer; update people set shoe = 38; create index by_shoe on people (shoe)',
    "alter table people add column hat text not null default ''",
    'create table hats (name text unique) strict; insert into hats select login from people; delete from hats',
  ]
  for (const sql of right) t.strictSame(noticed([sql]), [], sql)
})

t.test('the list that is closed stays as it is', async (t) => {
  t.equal(hash('sha256', migrations.join('\0')), '321d99274239cfdb974650cab57bef279591f106a8f167a623e978b495db6a24')
  t.equal(migrations.length, 11, 'it gets longer by what is taken away two releases after its last use')
})
