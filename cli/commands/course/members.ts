import { joinOf } from '../group/join.ts'
import { leaveOf } from '../group/leave.ts'
import { removeOf } from '../group/remove.ts'
import { restoreOf } from '../group/restore.ts'
import { showOf } from '../group/show.ts'

/** A course is a group: what groups can, in the words for courses. */

export const show = showOf({
  description: 'Shows a course: who teaches it and who is in it.',
  examples: [{ line: 'course show kurs-englisch-e1', tells: 'One course.' }],
})

export const join = joinOf({
  description: 'Puts people into a course. What a hand has put in, no import takes out.',
  examples: [
    { line: 'course join kurs-englisch-e1 m.mueller j.weber', tells: 'Two pupils.' },
    { line: 'course join kurs-englisch-e1 e.koch --leader', tells: 'Who teaches it.' },
  ],
})

export const leave = leaveOf({
  description:
    'Takes people out of a course. Whom an import has put in, the next file puts in again, if it still says so.',
  examples: [{ line: 'course leave kurs-englisch-e1 j.weber', tells: 'One leaves.' }],
})

export const remove = removeOf({
  description: 'Ends a course: it is in no list any more, and its folder goes to the archive.',
  examples: [{ line: 'course remove kurs-englisch-e1', tells: 'At the end of the school year.' }],
})

export const restore = restoreOf({
  description:
    'A course that has ended is there again: with its people, and with its folder as long as the archive has it.',
  examples: [{ line: 'course restore kurs-bio-2', tells: 'It was the wrong one that was removed.' }],
})
