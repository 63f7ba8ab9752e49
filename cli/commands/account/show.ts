import { z } from 'zod'
import { accountShow } from '../../../agent/contract/account.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand, type Text } from '../../command.ts'
import { moment } from '../moment.ts'
import { stateWords } from './rows.ts'

export const show = defineCommand({
  description: 'Shows everything about one account: who it is, what becomes of it, groups, sign-ins. Never a password.',
  input: z.strictObject({ login: Login.meta({ description: 'Name to sign in with.' }) }),
  positionals: ['login'],
  output: accountShow.response,
  examples: [{ line: 'account show m.mueller', tells: 'One account.' }],
  run: (input, { agent }) => agent.call(accountShow, input),
  present({ person, signIn }) {
    const { given, surname, login, role, birth, mail, origin, number, sid, waiting } = person
    const groups = person.groups.map(
      ({ name, title, part }) => `${name} (${title}${part === 'leader' ? ', leads' : ''})`,
    )
    const fields: readonly (readonly [string, Text])[] = [
      ['name', `${given} ${surname}`.trim()],
      ['signs in as', login],
      ['role', role],
      ['account', stateWords(person)],
      ['born', birth ?? ''],
      ['mail', mail ?? ''],
      ['groups', groups.join(', ')],
      [
        'comes from',
        origin === null ? 'made by hand' : `${origin.source}${origin.id === null ? '' : `, id ${origin.id}`}`,
      ],
      [
        'also known by',
        Object.entries(person.otherIds)
          .map(([source, id]) => `${source}, id ${id}`)
          .join('; '),
      ],
      ['number', String(number)],
      ['SID', sid ?? ''],
      ['directory', waiting ? { text: 'does not have the last change yet', tone: 'warning' } : 'is up to date'],
      ...signInFields(signIn),
    ]
    return [{ kind: 'fields', fields: fields.filter(([, value]) => value !== '') }]
  },
})

function signInFields(signIn: z.output<typeof accountShow.response>['signIn']): readonly (readonly [string, Text])[] {
  if (signIn === null) return []
  const { last, password, lockedOut } = signIn
  return [
    ['last sign-in', last === null ? 'never' : `${moment(last)}, or up to two weeks later`],
    ['password set', password === null ? 'never' : moment(password)],
    ['locked out', lockedOut ? { text: 'yes, after too many wrong passwords', tone: 'warning' } : ''],
  ]
}
