/** Times for people, in the time zone of the machine the command runs on. */

const two = (number: number): string => String(number).padStart(2, '0')

/** `09:41` for today, `2026-08-19 09:41` otherwise. */
export function moment(milliseconds: number, now: number = Date.now()): string {
  const today = new Date(milliseconds).toDateString() === new Date(now).toDateString()
  return today ? dayAndTime(milliseconds).slice(-5) : dayAndTime(milliseconds)
}

/** `2026-08-19 09:41` */
export function dayAndTime(milliseconds: number): string {
  const at = new Date(milliseconds)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
