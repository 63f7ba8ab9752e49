import { show } from '../../model/explain.ts'

/** What spreadsheets make of values that are no numbers and no dates, in whatever column. */

export interface Changed {
  readonly kind: string
  readonly message: string
  readonly hint: string
}

const hint = 'Format the column as text there before the values are put in, and export again.'

/** `6E+01`, which was 6e1 or 60: a class, an id, anything. */
const power = /^-?\d+([.,]\d+)?E[+-]\d{1,3}$/i

const month = '(jan|feb|mrz|mär|mar|apr|mai|may|jun|jul|aug|sep|sept|okt|oct|nov|dez|dec)'

/** `10. Jan`, `5-Jun` and `Okt 10`, which were 10-1, 5/6 and 10-2010. */
const day = new RegExp(String.raw`^(\d{1,2}(\. ?|[ -])${month}\.?([ -]\d{2,4})?|${month}\.?[ -]\d{2,4})$`, 'iu')

/** `#NV`, `#NAME?`, and the signs that stand for a column too narrow. */
const failed = /^#(nv|n\/a|name\?|wert!|value!|bezug!|ref!|div\/0!|zahl!|num!|null!|#+)$/i

/** @returns undefined for a value that no spreadsheet has changed. */
export function spreadsheetMade(text: string): Changed | undefined {
  if (text.length > 20 || !/[\d#]/.test(text)) return undefined
  if (power.test(text)) {
    return {
      kind: 'rounded',
      message: `${show(text)} is what a spreadsheet makes of a value it takes for a number`,
      hint,
    }
  }
  if (day.test(text)) {
    return {
      kind: 'made-date',
      message: `${show(text)} is what a spreadsheet makes of a value it takes for a date`,
      hint,
    }
  }
  if (failed.test(text)) {
    const message = `${show(text)} is what a spreadsheet shows where it has no value to show`
    return { kind: 'no-value', message, hint: 'Mend the cell there (or make the column wider), and export again.' }
  }
  return undefined
}
