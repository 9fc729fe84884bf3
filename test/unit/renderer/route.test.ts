import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queueNames } from '../../support/queue-names.ts'
import { rangesMs } from '../../../src-main/contract/history.ts'
import { planned } from '../../../src-renderer/features/places/planned.ts'
import { comparisons } from '../../../src-renderer/features/queues/compare.ts'
import { placeGroups, placeNames, placeOf, shortcutOf } from '../../../src-renderer/shell/places.ts'
import { formatRoute, parseRoute, type Route } from '../../../src-renderer/shell/route.ts'

const id = fc.string({ minLength: 1, maxLength: 40 })
const routes: fc.Arbitrary<Route> = fc.record({
  place: fc.constantFrom(...placeNames),
  connectionId: fc.option(id),
  serverId: fc.option(id),
  queue: fc.option(fc.constantFrom(...queueNames)),
  rangeMs: fc.constantFrom(...Object.values(rangesMs)),
  comparison: fc.constantFrom(...comparisons),
  isTable: fc.boolean()
})

describe('routes', () => {
  it('survive a reload: what is written is read back', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(formatRoute(route))).toEqual(route)
      })
    )
  })

  it('fall back to the start page for whatever else stands in the hash', () => {
    const start: Route = {
      place: 'Overview',
      connectionId: null,
      serverId: null,
      queue: null,
      rangeMs: rangesMs['1 h'],
      comparison: 'none',
      isTable: false
    }
    for (const hash of ['', '#', '#/', '#/nowhere', '#//queues', '#/overview?queue=__proto__&range=9y&view=x'])
      expect(parseRoute(hash)).toEqual(start)
  })
})

describe('places', () => {
  it('stand in the rail once each and in order', () => {
    expect(placeGroups.flat()).toEqual(placeNames)
  })

  it('answer to the digits one to nine', () => {
    expect(placeNames.slice(0, 9).map((place) => placeOf(shortcutOf(place) ?? ''))).toEqual(placeNames.slice(0, 9))
    expect([shortcutOf('Reference'), placeOf('0'), placeOf('x'), placeOf('12')]).toEqual([null, null, null, null])
  })

  it('that are not built say in a sentence what they will be', () => {
    for (const sentence of Object.values(planned)) expect(sentence).toMatch(/^[A-Z].{30,130}\.$/)
  })
})
