import t from 'tap'
import { checkState } from '../../../../agent/model/checks/index.ts'
import { Directory } from '../../../../agent/model/directory.ts'
import { Shares, Size } from '../../../../agent/model/shares.ts'
import { derive } from '../../../../agent/resources/shares/derive.ts'
import { judge, type Seen } from '../../../../agent/resources/shares/judge.ts'
import { readOffered } from '../../../../agent/resources/shares/observe.ts'
import { render } from '../../../../agent/resources/shares/render.ts'
import { golden } from '../../../support/golden.ts'
import { exampleSchool } from '../../../support/school.ts'

const declared = Shares.parse({
  folders: [{ name: 'technik', title: 'Technik-AG', read: ['teachers'], write: ['kurs-technik', 'teachers'] }],
})
const school = { ...exampleSchool(), directory: Directory.parse({ address: '10.20.0.3' }), shares: declared }
const desired = derive({ state: school })

t.test('a box without a directory shares nothing', async (t) => {
  const { directory: _, ...without } = exampleSchool()
  const nothing = derive({ state: without })
  t.strictSame(nothing.shares, [])
  t.strictSame(render(nothing), [{ path: 'shares.conf', text: '' }])
})

t.test('the example school, as Samba reads it', async (t) => {
  for (const { path, text } of render(desired)) golden(t, `samba/${path}`, text)
})

t.test('an English school has English shares in the same places', async (t) => {
  const english = derive({ state: { ...school, school: { ...school.school, language: 'en' } } })
  t.strictSame(
    english.shares.map(({ path }) => path),
    desired.shares.map(({ path }) => path),
  )
  t.strictSame(
    english.shares.map(({ name }) => name),
    ['home', 'Classes', 'Courses', 'Teachers', 'Office', 'Exchange', 'Templates', 'Technik-AG'],
  )
})

t.test("smbclient's list is read", async (t) => {
  t.strictSame(readOffered('Disk|Klassen|Material und mehr\nIPC|IPC$|IPC Service\nDisk|home|\n'), [
    { name: 'Klassen', comment: 'Material und mehr' },
    { name: 'home', comment: '' },
  ])
})

t.test('what was seen is judged', async (t) => {
  const well: Seen = {
    offered: desired.shares.map(({ name, comment }) => ({ name, comment })),
    refused: undefined,
    space: { free: 50, total: 100 },
    remarks: [],
  }
  const codes = (seen: Partial<Seen>): readonly string[] => judge(desired, { ...well, ...seen }).map(({ code }) => code)
  t.strictSame(codes({}), ['shares-serve'])
  t.strictSame(codes({ offered: undefined }), ['shares-silent'])
  t.strictSame(codes({ offered: well.offered?.slice(1) }), ['shares-missing'])
  t.strictSame(codes({ refused: 'NT_STATUS_ACCESS_DENIED' }), ['shares-closed'])
  t.strictSame(codes({ space: { free: 9, total: 100 } }), ['shares-serve', 'storage-low'])
  t.strictSame(codes({ space: { free: 1, total: 100 } }), ['shares-serve', 'storage-full'])
  t.strictSame(codes({ remarks: [{ code: 'folder-unknown', message: 'x' }] }), ['shares-serve', 'folder-unknown'])
})

t.test('declared folders have places and names of their own', async (t) => {
  const messages = (...folders: { readonly name: string; readonly title: string }[]): readonly string[] =>
    checkState({ ...school, shares: Shares.parse({ folders }) }).map(({ path, message }) => `${path}: ${message}`)
  t.strictSame(messages({ name: 'technik', title: 'Technik' }, { name: 'musik', title: 'Musik' }), [])
  t.strictSame(
    messages({ name: 'staff', title: 'klassen' }, { name: 'musik', title: 'Chor' }, { name: 'musik', title: 'chor' }),
    [
      'shares.folders[2].name: the name musik is already taken (shares.folders[1].name)',
      'shares.folders[2].title: the title chor is already taken (shares.folders[1].title)',
      'shares.folders[0].name: every school has a folder staff already',
      'shares.folders[0].title: every server has a share klassen already',
    ],
  )
  const broken = { folders: [{ name: 'x', title: 'A/B' }] }
  t.match(Shares.safeParse(broken).error?.issues[0]?.message, /no share may have/)
})

t.test('sizes are bytes inside and words outside', async (t) => {
  for (const [text, bytes] of [
    ['500MB', 500 * 2 ** 20],
    ['2GB', 2 ** 31],
    ['1TB', 2 ** 40],
  ] as const) {
    t.equal(Size.parse(text), bytes)
    t.equal(Size.encode(bytes), text)
  }
  for (const text of ['2', '2 GB', '0GB', '2gb', '-1GB']) t.notOk(Size.safeParse(text).success, text)
})
