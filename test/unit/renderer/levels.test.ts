import { expect, it } from 'vitest'
import { byGravity, isFailing, tally, worstOf } from '../../../src-renderer/parts/levels.ts'

it('sorts the gravest first', () => {
  expect((['ok', 'not-offered', 'unknown', 'critical', 'warning'] as const).toSorted(byGravity)).toEqual([
    'critical',
    'warning',
    'unknown',
    'ok',
    'not-offered'
  ])
})

it('knows the worst of some, and that nothing is fine', () => {
  expect([worstOf(['ok', 'warning', 'unknown']), worstOf([])]).toEqual(['warning', 'ok'])
})

it('counts by word and leaves out what there is none of', () => {
  expect(tally(['ok', 'warning', 'ok', 'critical', 'warning', 'not-offered'])).toBe(
    '2 pass · 1 critical · 2 warnings · 1 not offered'
  )
  expect(tally(['warning'])).toBe('1 warning')
  expect(tally([])).toBe('')
})

it('does not call silence or absence failing', () => {
  expect((['critical', 'warning', 'unknown', 'ok', 'not-offered'] as const).filter(isFailing)).toEqual([
    'critical',
    'warning'
  ])
})
