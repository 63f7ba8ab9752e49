import t from 'tap'
import { generationIn } from '../../../agent/system/generation.ts'
import { fc } from '../../support/property.ts'

/** An answer of a kernel: generation 18 (0x12), made by process 4711. */
const answer = Buffer.from('2c0000000f0a000000000000671200000000001208000100000000120800020000001267', 'hex')

t.test('the number is read from the answer', async (t) => {
  t.equal(generationIn(answer), 18)
})

t.test('anything else is no answer', async (t) => {
  const refusal = Buffer.from(answer)
  refusal.writeUInt16LE(2, 4)
  t.equal(generationIn(refusal), undefined, 'NLMSG_ERROR')
  t.equal(generationIn(answer.subarray(0, 24)), undefined)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const found = generationIn(Buffer.from(bytes))
      return found === undefined || Number.isInteger(found)
    }),
  )
})
