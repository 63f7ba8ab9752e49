/**
 * The ledger's tables as SQL. The first list is closed: `user_version` counts what of it was done, and an agent refuses a
 * ledger whose number is higher than the ones it has here. What comes now is an expansion.
 */
export const migrations: readonly string[] = [
  `
  create table generations (
    number integer primary key,
    documents text not null,
    at integer not null,
    "by" text not null,
    reason text not null,
    outcome text not null,
    detail text not null
  ) strict;
  create table current (one integer primary key check (one = 1), number integer not null) strict;
  create table trial (
    one integer primary key check (one = 1),
    generation integer not null,
    back_to integer not null,
    deadline integer not null
  ) strict;
  create table steps (
    id integer primary key,
    at integer not null,
    generation integer not null,
    resource text not null,
    kind text not null,
    line text not null,
    error text
  ) strict;
  create table resources (
    name text primary key,
    generation integer not null,
    state text not null,
    since integer not null,
    detail text not null,
    findings text not null
  ) strict, without rowid;
  create table stale (name text primary key) strict, without rowid;
  create table locks (
    room text primary key,
    since integer not null,
    until integer,
    "by" text not null
  ) strict, without rowid;
  `,
  `
  create table register (one integer primary key check (one = 1), revision integer not null) strict;
  insert into register (one, revision) values (1, 0);
  create table people (
    id text primary key,
    login text not null unique,
    given text not null,
    surname text not null,
    birth text,
    role text not null check (role in ('pupil', 'teacher', 'staff', 'parent', 'administrator', 'guest')),
    source text,
    origin text,
    mail text unique collate nocase,
    state text not null check (state in ('active', 'tolerated', 'disabled', 'removed')),
    since integer not null,
    locked integer not null check (locked in (0, 1)),
    number integer not null unique,
    sid text,
    revision integer not null,
    projected integer not null default 0,
    search text not null
  ) strict, without rowid;
  create index people_by_origin on people (source, origin);
  create index people_by_revision on people (revision);
  create index people_pending on people (revision) where projected <> revision;
  create index people_by_search on people (search, state);
  create table groups (
    id text primary key,
    name text not null,
    title text not null,
    kind text not null check (kind in ('role', 'class', 'year', 'course', 'subject', 'custom')),
    source text,
    origin text,
    ended integer,
    number integer not null unique,
    sid text,
    revision integer not null,
    projected integer not null default 0
  ) strict, without rowid;
  create unique index groups_by_name on groups (name) where ended is null;
  create index groups_by_origin on groups (source, origin);
  create index groups_by_revision on groups (revision);
  create index groups_pending on groups (revision) where projected <> revision;
  create table memberships (
    "group" text not null references groups (id),
    person text not null references people (id),
    part text not null check (part in ('member', 'leader')),
    source text,
    primary key ("group", person)
  ) strict, without rowid;
  create index memberships_by_person on memberships (person);
  `,
  `
  create table first_passwords (
    person text primary key,
    sealed text not null,
    made integer not null,
    printed integer
  ) strict, without rowid;
  create table imports (
    number integer primary key,
    digest text not null,
    source text not null,
    at integer not null,
    "by" text not null,
    state text not null check (state in ('running', 'done', 'undoing', 'undone')),
    base integer not null,
    revision integer not null,
    before text,
    counts text not null,
    ended integer
  ) strict;
  create table samba_trials (
    version text primary key,
    works integer not null check (works in (0, 1)),
    why text not null,
    at integer not null
  ) strict, without rowid;
  `,
  `
  create table former_logins (login text primary key, person text not null) strict, without rowid;
  create trigger login_changed after update of login on people when old.login <> new.login begin
    insert or replace into former_logins (login, person) values (old.login, old.id);
    delete from former_logins where login = new.login;
  end;
  `,
  `
  create virtual table people_words using fts5 (
    search, content = 'people', content_rowid = 'number', tokenize = 'trigram case_sensitive 1'
  );
  insert into people_words (people_words) values ('rebuild');
  create trigger words_added after insert on people begin
    insert into people_words (rowid, search) values (new.number, new.search);
  end;
  create trigger words_removed after delete on people begin
    insert into people_words (people_words, rowid, search) values ('delete', old.number, old.search);
  end;
  create trigger words_changed after update of search, number on people
  when old.search <> new.search or old.number <> new.number begin
    insert into people_words (people_words, rowid, search) values ('delete', old.number, old.search);
    insert into people_words (rowid, search) values (new.number, new.search);
  end;
  `,
  `
  create table wishes (
    plan text not null,
    person text not null,
    sealed text not null,
    made integer not null,
    primary key (plan, person)
  ) strict, without rowid;
  delete from first_passwords where person not in (select id from people);
  `,
  `
  create table clock_look (
    one integer primary key check (one = 1),
    wall integer not null,
    began integer not null,
    even integer not null
  ) strict;
  `,
  `
  update first_passwords set sealed = '' where printed is not null;
  `,
  `
  create table archive (
    id integer primary key,
    at integer not null,
    act text not null check (act in ('archived', 'restored', 'deleted')),
    place text not null check (place in ('homes', 'classes', 'courses')),
    name text not null,
    number integer not null,
    folder text not null
  ) strict;
  create index archive_by_folder on archive (place, folder, id);
  `,
  `
  update register set revision = revision + 1 where exists (
    select 1 from memberships where "group" = '15e70000-0000-4000-8000-000000050001'
    and person in (select id from people where role <> 'pupil')
  );
  update groups set revision = (select revision from register)
  where id = '15e70000-0000-4000-8000-000000050001' and exists (
    select 1 from memberships where "group" = groups.id and person in (select id from people where role <> 'pupil')
  );
  delete from memberships where "group" = '15e70000-0000-4000-8000-000000050001'
  and person in (select id from people where role <> 'pupil');
  `,
  `
  alter table people add column other_ids text;
  `,
]

/**
 * What was added since: tables, columns that may be absent, indexes. The table `expansions` says which of them a ledger
 * has. An agent that knows fewer works with the ledger all the same, because none takes anything away or changes what is
 * there (test/repo/expansions.test.ts). Never change one that a box may have run: add another.
 */
export const expansions: readonly string[] = []
