import { keysIn } from './model/keys.ts'
import { localSystem } from './system/local.ts'

/** Prints the keys of a state that was refused: FILE. Those whom they belong to get in and mend it (libexec/iserv/first-state). */

const [file = ''] = process.argv.slice(2)
const text = (await localSystem().files.read(file)) ?? ''
process.stdout.write(
  keysIn([{ file, text }])
    .map((line) => `${line}\n`)
    .join(''),
)
