/** Times for people, in the time zone of the machine the command runs on. */

const two = (number: number): string => String(number).padStart(2, '0')

/** `09:41` for today, `2026-08-19 09:41` otherwise. */
export function moment(milliseconds: number, now: number = Date.now()): string {
  const at = new Date(milliseconds)
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return at.toDateString() === new Date(now).toDateString() ? time : `${day} ${time}`
}
