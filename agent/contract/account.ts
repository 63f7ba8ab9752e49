import { z } from 'zod'
import { GroupName } from '../model/group.ts'
import { AccountState, BirthDate, Login, Origin, PersonId, Role } from '../model/person.ts'
import { Line } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

/** People's accounts, one by one. Whole lists come by an import. */

const Moment = z.int().meta({ description: 'Milliseconds since the epoch.' })

/** Somebody in a list. */
export const PersonLine = z
  .strictObject({
    id: PersonId,
    login: Login,
    given: z.string(),
    surname: z.string(),
    role: Role,
    state: AccountState,
    locked: z.boolean().meta({ description: 'Locked by hand.' }),
    mail: z.string().nullable(),
    classes: z.array(z.string()).meta({ description: 'Titles of the classes somebody is in or leads.' }),
  })
  .meta({ id: 'PersonLine' })
export type PersonLine = z.infer<typeof PersonLine>

export const PersonView = PersonLine.extend({
  birth: BirthDate.nullable().meta({ description: 'Told to root only.' }),
  origin: Origin.nullable().meta({ description: 'The program somebody came from; null: made by hand.' }),
  otherIds: z.record(z.string(), z.string()).meta({ description: 'What other programs call somebody, by program.' }),
  since: Moment.meta({ description: 'Since when the state is what it is.' }),
  next: z
    .strictObject({ state: AccountState, at: Moment })
    .nullable()
    .meta({ description: 'What the account becomes by itself, and when; null: nothing.' }),
  groups: z
    .array(z.strictObject({ name: GroupName, title: z.string(), part: z.enum(['member', 'leader']) }))
    .meta({ description: 'All groups but those of the roles.' }),
  number: z.int().meta({ description: 'uidNumber.' }),
  sid: z.string().nullable(),
  waiting: z.boolean().meta({ description: 'The directory does not have the last change yet.' }),
}).meta({ id: 'PersonView' })
export type PersonView = z.infer<typeof PersonView>

export const SignIn = z
  .strictObject({
    last: z.int().nullable().meta({ description: 'Last sign-in, up to two weeks late; null: never.' }),
    password: z.int().nullable().meta({ description: 'When the password was set.' }),
    lockedOut: z.boolean().meta({ description: 'Locked by the directory after too many wrong passwords.' }),
  })
  .meta({ id: 'SignIn' })
export type SignIn = z.infer<typeof SignIn>

const Waiting = z
  .string()
  .nullable()
  .meta({ description: 'Why the directory does not have the change yet; it follows by itself. Null: it has it.' })

const both = ['root', 'platform'] as const

/** Longer ones are no passwords. */
const Password = z.string().min(1).max(1000).meta({ description: 'Never shown or logged.' })

export const accountList = defineOperation({
  name: 'account.list',
  audience: both,
  summary: 'People and their accounts',
  request: z.strictObject({
    role: Role.exactOptional(),
    state: AccountState.exactOptional().meta({ description: 'Without: everybody who is not removed.' }),
    group: GroupName.exactOptional(),
    search: Line.exactOptional().meta({ description: 'Words in names or login, in any spelling.' }),
    limit: z.int().min(1).max(100_000).default(100_000),
  }),
  response: z.strictObject({ people: z.array(PersonLine), total: z.int() }),
})

export const accountSearch = defineOperation({
  name: 'account.search',
  audience: both,
  summary: 'The people whose names hold some words, likeliest first',
  request: z.strictObject({ words: Line, limit: z.int().min(1).max(100).default(20) }),
  response: z.strictObject({ people: z.array(PersonLine) }),
})

export const accountChanges = defineOperation({
  name: 'account.changes',
  audience: both,
  summary: 'People and groups changed after a revision of the register',
  request: z.strictObject({ since: z.int().min(0) }),
  response: z.strictObject({
    revision: z.int(),
    people: z.array(PersonLine),
    groups: z.array(
      z.strictObject({
        id: z.string(),
        name: GroupName,
        title: z.string(),
        kind: z.string(),
        ended: z.boolean(),
        members: z.array(z.strictObject({ person: PersonId, part: z.enum(['member', 'leader']) })),
      }),
    ),
  }),
})

export const accountShow = defineOperation({
  name: 'account.show',
  audience: both,
  summary: 'Everything about one account',
  request: z.strictObject({ login: Login }),
  response: z.strictObject({
    person: PersonView,
    signIn: SignIn.nullable().meta({ description: 'Null: there is no account, or the directory does not answer.' }),
  }),
})

export const accountAdd = defineOperation({
  name: 'account.add',
  audience: both,
  summary: 'Makes an account for somebody who comes by no import',
  request: z.strictObject({
    given: Line.min(1),
    surname: Line,
    role: Role,
    birth: BirthDate.nullable().default(null),
    login: Login.exactOptional().meta({ description: "Without: by the school's rule." }),
    mail: z.email().nullable().default(null),
    groups: z.array(GroupName).max(50).default([]),
    password: Password.exactOptional().meta({ description: 'Without: one is made and told once.' }),
    dryRun: z.boolean().default(false),
  }),
  response: z.strictObject({
    login: Login,
    person: PersonView.nullable().meta({ description: 'Null for a dry run.' }),
    password: z.string().nullable().meta({ description: 'The one that was made; it is not told again.' }),
    waiting: Waiting,
  }),
})

const Changed = z.strictObject({ person: PersonView, changed: z.boolean(), waiting: Waiting })

export const accountEdit = defineOperation({
  name: 'account.edit',
  audience: both,
  summary: 'Changes what is known of somebody',
  request: z.strictObject({
    login: Login,
    given: Line.min(1).exactOptional(),
    surname: Line.exactOptional(),
    birth: BirthDate.nullable().exactOptional(),
    role: Role.exactOptional(),
    mail: z.email().nullable().exactOptional(),
  }),
  response: Changed,
})

export const accountRename = defineOperation({
  name: 'account.rename',
  audience: both,
  summary: 'Gives somebody another name to sign in with',
  request: z.strictObject({ login: Login, to: Login }),
  response: Changed,
})

export const accountLock = defineOperation({
  name: 'account.lock',
  audience: both,
  summary: 'Nobody can sign in with these accounts until they are unlocked',
  request: z.strictObject({ logins: z.array(Login).min(1).max(1000) }),
  response: z.strictObject({ people: z.array(PersonView), changed: z.int(), waiting: Waiting }),
})

export const accountUnlock = defineOperation({
  name: 'account.unlock',
  audience: both,
  summary: 'Ends locks by hand and those after too many wrong passwords',
  request: z.strictObject({ logins: z.array(Login).min(1).max(1000) }),
  response: z.strictObject({ people: z.array(PersonView), changed: z.int(), waiting: Waiting }),
})

export const accountPassword = defineOperation({
  name: 'account.password',
  audience: both,
  summary: 'Sets a password',
  request: z.strictObject({
    login: Login,
    password: Password.exactOptional().meta({ description: 'Without: one is made and told once.' }),
  }),
  response: z.strictObject({
    login: Login,
    password: z.string().nullable().meta({ description: 'The one that was made; it is not told again.' }),
  }),
})

export const accountRemove = defineOperation({
  name: 'account.remove',
  audience: both,
  summary: 'Sends people on the way out: tolerated, disabled, removed',
  request: z.strictObject({ logins: z.array(Login).min(1).max(1000), dryRun: z.boolean().default(false) }),
  response: z.strictObject({
    leaving: z.array(PersonView),
    already: z.array(Login).meta({ description: 'On the way out before.' }),
    waiting: Waiting,
  }),
})

export const accountRestore = defineOperation({
  name: 'account.restore',
  audience: both,
  summary: 'Brings people back who were on the way out or removed',
  request: z.strictObject({ logins: z.array(Login).min(1).max(1000), dryRun: z.boolean().default(false) }),
  response: z.strictObject({
    back: z.array(PersonView),
    already: z.array(Login).meta({ description: 'Were not on the way out.' }),
    passwords: z
      .array(z.strictObject({ login: Login, password: z.string() }))
      .meta({ description: 'New ones, of those whose account was removed; they are not told again.' }),
    waiting: Waiting,
  }),
})
