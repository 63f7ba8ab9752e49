import { z } from 'zod'
import { Group, GroupId, GroupKind, GroupName } from './group.ts'
import { AccountState, BirthDate, Login, Origin, Person, PersonId, Role } from './person.ts'
import { Label, Line } from './scalars.ts'

/**
 * What an import will do, line by line, as a file that a person reads and hands to `import apply`. Nothing is decided
 * later: login names, ids and reasons stand in it; only numbers are given out when it is carried out.
 */

/** Several things at once make it longer than a line of a person's. */
const reason = z.string().max(2000).meta({ description: 'Why, in the language of the school.' })

/** Fields of a person that an import may change. */
export const PersonFields = Person.pick({
  given: true,
  surname: true,
  birth: true,
  role: true,
  origin: true,
  otherIds: true,
  mail: true,
})
export type PersonFields = z.infer<typeof PersonFields>

export const NewPerson = z.strictObject({
  kind: z.literal('new'),
  id: PersonId,
  login: Login,
  fields: PersonFields,
  /** Where the file says a first password; it is not in the plan, but sealed in the ledger under the person's id. */
  wishedPassword: z.boolean(),
  reason,
})

/** Somebody known: other fields, another name to sign in with never by itself. */
export const ChangedPerson = z.strictObject({
  kind: z.literal('changed'),
  id: PersonId,
  login: Login,
  before: PersonFields,
  after: PersonFields,
  reason,
})

/** A pupil in another class than the one theirs has become, or in none any more. The changes themselves stand in `memberships`. */
export const MovedPerson = z.strictObject({
  kind: z.literal('moved'),
  id: PersonId,
  login: Login,
  from: z.array(Line),
  /** Empty: in no class any more. */
  to: z.array(Line),
  reason,
})

export const LeavingPerson = z.strictObject({
  kind: z.literal('leaving'),
  id: PersonId,
  login: Login,
  role: Role,
  state: AccountState.exclude(['active', 'removed']).meta({ description: 'What the account becomes now.' }),
  reason,
})

/** Somebody who was on the way out, or removed, and is in the file again: the same account, home and password. */
export const ReturningPerson = z.strictObject({
  kind: z.literal('returning'),
  id: PersonId,
  login: Login,
  before: AccountState,
  reason,
})

export const PersonChange = z
  .discriminatedUnion('kind', [NewPerson, ChangedPerson, MovedPerson, LeavingPerson, ReturningPerson])
  .meta({ id: 'PersonChange' })
export type PersonChange = z.infer<typeof PersonChange>

export const NewGroup = z.strictObject({
  kind: z.literal('new'),
  id: GroupId,
  name: GroupName,
  title: Line,
  groupKind: GroupKind,
  origin: Origin.nullable(),
  reason,
})

/** The same group under another name: id, number, folders and members stay. */
export const RenamedGroup = z.strictObject({
  kind: z.literal('renamed'),
  id: GroupId,
  before: Group.pick({ name: true, title: true }),
  after: Group.pick({ name: true, title: true }),
  /** What the source calls it from now on. */
  origin: Origin.nullable(),
  reason,
})

export const EndedGroup = z.strictObject({ kind: z.literal('ended'), id: GroupId, name: GroupName, reason })
export const RevivedGroup = z.strictObject({ kind: z.literal('revived'), id: GroupId, name: GroupName, reason })

export const GroupChange = z
  .discriminatedUnion('kind', [NewGroup, RenamedGroup, EndedGroup, RevivedGroup])
  .meta({ id: 'GroupChange' })
export type GroupChange = z.infer<typeof GroupChange>

export const MembershipChange = z
  .strictObject({
    kind: z.enum(['join', 'leave']),
    group: GroupId,
    person: PersonId,
    part: z.enum(['member', 'leader']),
  })
  .meta({ id: 'MembershipChange' })
export type MembershipChange = z.infer<typeof MembershipChange>

/** A likeness that only a person may confirm: `import plan --confirm FILE:LINE=LOGIN`, or `=new`. */
export const Proposal = z
  .strictObject({
    file: z.string(),
    line: z.int(),
    given: Line,
    surname: Line,
    birth: BirthDate.nullable(),
    /** Known people who might be meant, the likeliest first. */
    candidates: z.array(
      z.strictObject({ login: Login, given: Line, surname: Line, birth: BirthDate.nullable(), reason }),
    ),
  })
  .meta({ id: 'Proposal' })
export type Proposal = z.infer<typeof Proposal>

/** A class whose pupils are now in a class of another name: renamed, or merely mixed anew? `import plan --rename 5a=6a`. */
export const RenameProposal = z.strictObject({
  before: Line,
  after: Line,
  moved: z.int().meta({ description: 'Its pupils who are now in the other one.' }),
  of: z.int().meta({ description: 'Its pupils in the files.' }),
})
export type RenameProposal = z.infer<typeof RenameProposal>

/** People known before of whom the files say something else: what a swapped or slipped column would do to them all. */
export const Altered = z
  .strictObject({
    known: z.int().meta({ description: 'People of this source whom the files name.' }),
    people: z.int().meta({
      description:
        'Those of them with another name, birth date or role, or another class without the others of theirs.',
    }),
    roles: z.int().meta({ description: 'Those of them with another role.' }),
    reasons: z.array(z.string()).meta({ description: 'What is other, in the language of the school; the most first.' }),
  })
  .meta({ id: 'Altered' })
export type Altered = z.infer<typeof Altered>

/** A role or a class of which more leave than is usual, however few that is of the whole school. */
export const Emptied = z
  .strictObject({
    role: Role,
    class: Line.nullable().meta({ description: 'Title; null: the role as a whole.' }),
    leaving: z.int(),
    of: z.int(),
  })
  .meta({ id: 'Emptied' })
export type Emptied = z.infer<typeof Emptied>

export const ImportPlan = z
  .strictObject({
    version: z.literal(1),
    source: Label,
    made: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    /** Revision of the register it was made from; refused when the register has gone on. */
    base: z.int(),
    /** Mark of the rules of the school state that it follows; refused under others. */
    rules: z.string(),
    files: z.array(z.strictObject({ name: z.string(), format: z.string(), sha256: z.string(), people: z.int() })),
    /** Roles the files are full lists of. */
    covers: z.array(Role),
    /** Active people of those roles, and of those of whoever leaves, from this source before: what the guard measures those who leave by. */
    managed: z.int(),
    /** Where more leave than is usual, of one role or class. */
    emptied: z.array(Emptied),
    /** How many leave at most; set by `--allow-leaving`, null: the guard's own limit. */
    allowedLeaving: z.int().nullable(),
    altered: Altered,
    /** How many may be altered; set by `--allow-changes`, null: the guard's own limit. */
    allowedChanges: z.int().nullable(),
    unchanged: z.int(),
    groups: z.array(GroupChange),
    people: z.array(PersonChange),
    memberships: z.array(MembershipChange),
    /** Open questions; a plan that has any is not applied. */
    proposals: z.array(Proposal),
    /** Open questions of the same kind, about classes. */
    renames: z.array(RenameProposal),
    /** What else a person should know, in the language of the school. */
    remarks: z.array(z.string()),
  })
  .meta({ id: 'ImportPlan', title: 'Import plan' })
export type ImportPlan = z.infer<typeof ImportPlan>

/** A plan as it leaves the box that has made it, which carries out no other. */
export const SealedPlan = ImportPlan.extend({
  seal: z.string().meta({ description: 'Fits this plan only; whoever wants another has it made anew.' }),
}).meta({ id: 'SealedPlan', title: 'Import plan' })
export type SealedPlan = z.infer<typeof SealedPlan>
