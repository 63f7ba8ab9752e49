/** `until 10:26`, with the day when it is another one; in the time zone of the machine the command runs on. */
export function untilText(until: number | null, now = Date.now()): string {
  if (until === null) return 'until unlocked'
  const end = new Date(until)
  const two = (number: number): string => String(number).padStart(2, '0')
  const time = `${two(end.getHours())}:${two(end.getMinutes())}`
  if (end.toDateString() === new Date(now).toDateString()) return `until ${time}`
  return `until ${end.getFullYear()}-${two(end.getMonth() + 1)}-${two(end.getDate())} ${time}`
}
