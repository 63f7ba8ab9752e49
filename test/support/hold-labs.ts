import { localSystem } from '../../agent/system/local.ts'
import { alone } from '../../cli/lab/alone.ts'

/** A program that takes the lock of the labs and keeps it until it is killed. */
await alone(localSystem(), () => {
  console.log('held')
  return new Promise(() => undefined)
})
