/** Dates of birth as programs and people write them. */

export type BirthReading = { readonly date: string } | { readonly wrong: string; readonly hint: string }

const months = ['jan', 'feb', 'mär', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez']

const write = 'Write it as 31.03.2014 or 2014-03-31.'

/** The date as YYYY-MM-DD, or what is wrong with it, as the end of a sentence that begins with the text. */
export function birthOf(text: string): BirthReading {
  const plain = text.replace(/[ T]00:00(:00(\.0+)?)?Z?$/, '')
  const german = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(plain)
  if (german) return checked(german[3], german[2], german[1])
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain) ?? /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(plain)
  if (iso) return checked(iso[1], iso[2], iso[3])
  const word = /^(\d{1,2})\. ?(\p{L}+)\.? (\d{4})$/u.exec(plain)
  if (word) return checked(word[3], String(monthOf(word[2] ?? '')), word[1])
  if (/^\d{1,2}\.\d{1,2}\.\d{2}$/.test(plain)) {
    return { wrong: 'has a year of two digits: 1914 or 2014?', hint: write }
  }
  if (/^\d{1,2}\/\d{1,2}\/\d{2,4}$/.test(plain)) {
    return { wrong: 'does not tell the day from the month', hint: write }
  }
  if (/^[1-5]\d{4}$/.test(plain)) {
    return {
      wrong: 'is the number of a day in a spreadsheet',
      hint: 'Format the column as a date there, and export again.',
    }
  }
  return { wrong: 'is no date', hint: write }
}

/** Does the text look like a date, right or wrong? */
export function looksLikeDate(text: string): boolean {
  return /^\d{1,2}[./-]\d{1,2}[./-](\d{2}|\d{4})$|^\d{4}-\d{1,2}-\d{1,2}$/.test(text)
}

function monthOf(word: string): number {
  const small = word.toLowerCase().replace(/^(mrz|maer|mar)/, 'mär')
  return months.findIndex((month) => small.startsWith(month)) + 1
}

function checked(year = '', month = '', day = ''): BirthReading {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  // Day 0 of the next month is the last of this one.
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate()
  if (m < 1 || m > 12 || d < 1 || d > last) return { wrong: 'is not a day of the calendar', hint: write }
  if (y < 1900) return { wrong: 'is more than a lifetime ago', hint: write }
  return { date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` }
}
