import { nearest, type Point } from '../../parts/chart/points.ts'

const cell = (value: number | null | undefined): string => (value == null ? '' : String(value))

/**
 * A chart as CSV: a line a point, times in UTC, empty where nobody knows. What it is compared with stands beside, at
 * the moment nearest within `reachMs`.
 */
export function csvOf(points: readonly Point[], compared: readonly Point[], reachMs: number): string {
  const hasOther = compared.length > 0
  const head = ['time', 'depth', 'lowest', 'highest', ...(hasOther ? ['compared'] : [])]
  const lines = points.map(({ x, y, low, high }) => {
    const other = hasOther ? nearest(compared, x) : null
    const beside = other !== null && Math.abs(other.x - x) <= reachMs ? other.y : null
    const values = [cell(y), cell(low ?? y), cell(high ?? y), ...(hasOther ? [cell(beside)] : [])]
    return [new Date(x).toISOString(), ...values].join(',')
  })
  return [head.join(','), ...lines, ''].join('\r\n')
}
