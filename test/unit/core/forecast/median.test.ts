import fc from 'fast-check'
import { expect, it } from 'vitest'
import { median } from '../../../../src-main/core/forecast/median.ts'

it('is the middle of the first values in order, or of the two middle ones', () => {
  const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.nat(5), (values, more) => {
      const sorted = values.toSorted((a, b) => a - b)
      const half = sorted.length >> 1
      const [below = 0, above = 0] = [sorted[half - 1], sorted[half]]
      const room = Float64Array.from([...values, ...Array.from({ length: more }, () => -1e9)])
      // Adding 0 makes −0 the same as 0.
      expect(median(room, values.length) + 0).toBe((sorted.length % 2 === 1 ? above : (below + above) / 2) + 0)
    })
  )
  expect(median(new Float64Array(3), 0)).toBe(0)
})
