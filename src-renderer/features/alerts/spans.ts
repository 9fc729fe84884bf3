const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
  { name: 'ms', ms: 1 }
] as const

/** A span to the millisecond, as it is typed: `5 min`, `1 h 30 min`; `0 s` for none. */
export function spanText(spanMs: number): string {
  let rest = spanMs
  const parts: string[] = []
  for (const { name, ms } of units) {
    const amount = Math.floor(rest / ms)
    if (amount > 0) parts.push(`${amount} ${name}`)
    rest -= amount * ms
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}

const shape = /^(?:\d+(?:\.\d+)?\s*(?:d|h|min|m|s|ms)\s*)+$/
const part = /(\d+(?:\.\d+)?)\s*(ms|min|d|h|m|s)/g

/** What somebody typed as a span, in whole milliseconds; nothing typed is none. `null` where it is no span, or has no unit. */
export function spanOf(text: string): number | null {
  const typed = text.trim().toLowerCase()
  if (typed === '' || typed === '0') return 0
  if (!shape.test(typed)) return null
  let sum = 0
  for (const [, amount, unit] of typed.matchAll(part)) {
    const name = unit === 'm' ? 'min' : unit
    sum += Number(amount) * (units.find((one) => one.name === name)?.ms ?? 0)
  }
  return Math.round(sum)
}
