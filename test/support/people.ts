import { stocks, traps } from './people-names.ts'

/**
 * A school made of numbers: 2,000 people in 80 classes, always the same ones for a seed, with everything that makes
 * importing hard (people-names.ts). `nextYear` is what happens to it on the first of August.
 */

export interface Somebody {
  /** Id in the administration program, stable over the years. */
  readonly id: string
  readonly given: string
  readonly surname: string
  /** YYYY-MM-DD. */
  readonly birth?: string
  readonly role: 'pupil' | 'teacher' | 'parent'
  /** Of a pupil the one class, of a teacher those taught. */
  readonly classes: readonly string[]
  /** Titles of courses. */
  readonly courses: readonly string[]
  /** Classes led. */
  readonly leads: readonly string[]
  readonly mail?: string
  /** Ids of the children of a parent. */
  readonly children: readonly string[]
}

export interface SchoolClass {
  readonly title: string
  readonly year: string
  /** What the class is called next year; absent: it ends, or keeps its name. */
  readonly successor?: string
}

export interface People {
  /** In which the school year begins. */
  readonly year: number
  readonly seed: number
  readonly classes: readonly SchoolClass[]
  readonly courses: readonly string[]
  readonly people: readonly Somebody[]
  /** Who has left in earlier years. */
  readonly away: readonly Somebody[]
}

/** What `nextYear` did, by id in the source. */
export interface Story {
  readonly renames: readonly (readonly [before: string, after: string])[]
  readonly leaving: readonly string[]
  readonly arriving: readonly string[]
  readonly returning: readonly string[]
  /** Into another class than theirs became. */
  readonly moved: readonly string[]
  /** With another surname. */
  readonly renamed: readonly string[]
}

/** mulberry32: small, and the same everywhere. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Dice = ReturnType<typeof dice>
const parallels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] as const
/** Years 5 to 11 in ten parallels; the last of them leaves. */
const years = ['5', '6', '7', '8', '9', '10', '11'] as const
const lastYear = '11'

/** Seventy classes that move up and ten for newcomers to German that keep their names. */
const classes: readonly SchoolClass[] = [
  ...years.flatMap((year) =>
    parallels.map((parallel) => ({
      title: `${year}${parallel}`,
      year,
      ...(year === lastYear ? {} : { successor: `${Number(year) + 1}${parallel}` }),
    })),
  ),
  ...parallels.map((_, index) => ({ title: `DaZ ${index + 1}`, year: 'DaZ' })),
]

const teacherCount = 140
const pick = <T>(roll: Dice, list: readonly T[]): T => list[roll(list.length)]!
const two = (number: number): string => String(number).padStart(2, '0')

function nameBy(roll: Dice): { readonly given: string; readonly surname: string } {
  let ticket = roll(stocks.reduce((sum, { weight }) => sum + weight, 0))
  const stock = stocks.find(({ weight }) => (ticket -= weight) < 0) ?? stocks[0]!
  const mixed = roll(12) === 0 ? pick(roll, stocks.slice(0, 5)) : stock
  const double = roll(25) === 0 && !stock.surnames[0]!.startsWith('ا')
  const surname = pick(roll, stock.surnames)
  return {
    given: pick(roll, mixed.given),
    surname: double ? `${surname}-${pick(roll, stocks[0]!.surnames.slice(0, 40))}` : surname,
  }
}

const birthIn = (roll: Dice, year: number): string => `${year}-${two(roll(12) + 1)}-${two(roll(28) + 1)}`

function pupilOf(roll: Dice, number: number, title: string, schoolYear: number): Somebody {
  const year = Number.parseInt(title, 10)
  const age = Number.isNaN(year) ? 10 + roll(6) : year + 5
  return {
    id: String(number),
    ...nameBy(roll),
    birth: birthIn(roll, schoolYear - age),
    role: 'pupil',
    classes: [title],
    courses: coursesOf(roll, title),
    leads: [],
    children: [],
  }
}

/** From year 9 on everybody is in two courses over the classes. */
function coursesOf(roll: Dice, title: string): readonly string[] {
  const year = Number.parseInt(title, 10)
  if (Number.isNaN(year) || year < 9) return []
  return [`${year} Französisch ${roll(3) + 1}`, `${year} Religion ${pick(roll, ['ev', 'kath', 'Ethik'])}`]
}

const allCourses = ['9', '10', '11'].flatMap((year) => [
  ...[1, 2, 3].map((number) => `${year} Französisch ${number}`),
  ...['ev', 'kath', 'Ethik'].map((kind) => `${year} Religion ${kind}`),
])

function teacherOf(roll: Dice, index: number): Somebody {
  const name = nameBy(roll)
  const led = classes[index]
  return {
    id: `L${String(index + 1).padStart(3, '0')}`,
    ...name,
    birth: birthIn(roll, 1962 + roll(36)),
    role: 'teacher',
    classes: [
      ...new Set([...(led === undefined ? [] : [led.title]), ...[1, 2, 3, 4].map(() => pick(roll, classes).title)]),
    ],
    courses: index < allCourses.length ? [allCourses[index]!] : [],
    leads: led === undefined ? [] : [led.title],
    children: [],
  }
}

/** Every family has one or two parents in the list; siblings share them. */
function parentsOf(roll: Dice, pupils: readonly Somebody[]): readonly Somebody[] {
  const families = Map.groupBy(pupils, ({ surname, classes: [title = ''] }) => `${surname} ${title.at(-1)}`)
  return [...families.values()].flatMap((children, family) =>
    Array.from({ length: 1 + roll(2) }, (_, index): Somebody => {
      const { given } = nameBy(roll)
      const { surname } = children[0]!
      return {
        id: `E${family}-${index}`,
        given,
        surname,
        role: 'parent',
        classes: [],
        courses: [],
        leads: [],
        mail: `familie${family}.${index}@example.org`,
        children: children.map(({ id }) => id),
      }
    }),
  )
}

export interface PeopleOptions {
  readonly seed?: number
  /** Pupils and teachers together; the traps are always among them. Default 2,000. */
  readonly size?: number
  /** With parents, beyond `size`. Default none. */
  readonly parents?: boolean
}

/** The school of the design size: 1,860 pupils and 140 teachers in 80 classes. */
export function generatedPeople({ seed = 1, size = 2000, parents = false }: PeopleOptions = {}): People {
  const roll = dice(seed)
  const year = 2025
  const pupilCount = size - teacherCount
  const pupils = Array.from({ length: pupilCount }, (_, index) =>
    pupilOf(roll, 10_001 + index, classes[index % classes.length]!.title, year),
  )
  // People of one trap are eighty apart: in one class. The first years, so that they are still here next year.
  traps.forEach(({ people }, trap) => {
    people.forEach(([given, surname, birth], index) => {
      const place = trap + index * classes.length
      const { birth: _, ...rest } = pupils[place]!
      pupils[place] = { ...rest, given, surname, ...(birth === undefined ? {} : { birth }) }
    })
  })
  const teachers = Array.from({ length: teacherCount }, (_, index) => teacherOf(roll, index))
  return {
    year,
    seed,
    classes,
    courses: allCourses,
    people: [...pupils, ...teachers, ...(parents ? parentsOf(roll, pupils) : [])],
    away: [],
  }
}

/**
 * The year after: 60 classes under a new name, year 11 gone and ten new classes 5a to 5j, 250 people leaving (6 of them teachers) and 250
 * arriving, 40 into another class than theirs became, 6 with another surname; from the second time on 5 who had left come back.
 */
export function nextYear(before: People): { readonly school: People; readonly story: Story } {
  const roll = dice(before.seed * 1000 + before.year)
  const year = before.year + 1
  const isPupil = ({ role }: Somebody): boolean => role === 'pupil'
  const pupils = before.people.filter(isPupil)
  const teachers = before.people.filter(({ role }) => role === 'teacher')
  const renames = classes.flatMap(({ title, successor }) =>
    successor === undefined ? [] : [[title, successor] as const],
  )
  const successors = new Map(renames)

  const finished = pupils.filter(({ classes: [title = ''] }) => title.startsWith(lastYear))
  const goingTeachers = teachers.slice(-6)
  const staying = pupils.filter((pupil) => !finished.includes(pupil))
  // Not from the front, where the traps sit.
  const others = staying
    .slice(500)
    .filter((_, index) => index % 7 === 3)
    .slice(0, 250 - finished.length - goingTeachers.length)
  const leaving = [...finished, ...others, ...goingTeachers]
  const gone = new Set(leaving.map(({ id }) => id))

  const back = before.away
    .filter(isPupil)
    .filter(({ classes: [title = ''] }) => !title.startsWith(lastYear))
    .slice(0, 5)
  const moved: string[] = []
  const renamed: string[] = []
  const continuing = staying
    .filter(({ id }) => !gone.has(id))
    .map((pupil, index): Somebody => {
      const [title = ''] = pupil.classes
      const up = successors.get(title) ?? title
      if (index >= 400 && index < 440) {
        const other = up.endsWith('a') ? up.replace(/a$/, 'b') : up.replace(/[b-j]$/, 'a')
        if (other !== up) moved.push(pupil.id)
        return { ...pupil, classes: [other], courses: coursesOf(roll, other) }
      }
      if (index >= 440 && index < 446) {
        renamed.push(pupil.id)
        return { ...pupil, surname: `${pupil.surname}-Neubert`, classes: [up], courses: coursesOf(roll, up) }
      }
      return { ...pupil, classes: [up], courses: coursesOf(roll, up) }
    })
  const highest = Math.max(...[...before.people, ...before.away].filter(isPupil).map(({ id }) => Number(id)))
  const wanted = 250 - goingTeachers.length
  const newPupils = Array.from({ length: wanted }, (_, index) => {
    const title = index < 230 ? `5${parallels[index % 10]}` : pick(roll, classes).title
    return pupilOf(roll, highest + 1 + index, title, year)
  })
  const lastTeacher = Math.max(
    ...[...before.people, ...before.away].filter(({ role }) => role === 'teacher').map(({ id }) => Number(id.slice(1))),
  )
  const newTeachers = goingTeachers.map((_, index) => ({ ...teacherOf(roll, lastTeacher + index) }))
  const remaining = teachers.filter(({ id }) => !gone.has(id))
  const returning = back.map((pupil) => ({ ...pupil, classes: ['9a'], courses: coursesOf(roll, '9a') }))
  return {
    school: {
      ...before,
      year,
      people: [
        ...continuing,
        ...returning,
        ...newPupils,
        ...remaining,
        ...newTeachers,
        ...before.people.filter(({ role }) => role === 'parent'),
      ],
      away: [...before.away.filter((pupil) => !back.includes(pupil)), ...leaving],
    },
    story: {
      renames,
      leaving: [...gone],
      arriving: [...newPupils, ...newTeachers].map(({ id }) => id),
      returning: back.map(({ id }) => id),
      moved,
      renamed,
    },
  }
}
