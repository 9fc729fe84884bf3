const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const hundredths = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

/** What stands where a number is not known. */
export const noNumber = '–'

/** `5,012`, or a dash for what nobody knows. */
export function count(value: number | null): string {
  return value === null ? noNumber : whole.format(value)
}

/** `1 server`, `12 servers`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`
}

function signed(value: number, format: Intl.NumberFormat): string {
  const size = format.format(Math.abs(value))
  if (size === '0') return '0'
  return `${value > 0 ? '+' : '−'}${size}`
}

/** `+182/min`, `−4/min`, `+0.4/min` below one a minute; a dash while there are too few samples. */
export function change(perMinute: number | null): string {
  if (perMinute === null) return `${noNumber}/min`
  return `${signed(perMinute, Math.abs(perMinute) < 1 ? tenths : whole)}/min`
}

/** The exact value behind `change`, for tooltips. */
export function changeExact(perMinute: number | null): string {
  if (perMinute === null) return 'Too few samples for a trend yet'
  return `${signed(perMinute, hundredths)} jobs per minute over the last 5 minutes`
}

/** `78 %` of a threshold; `under 1 %` rather than a zero that is none. */
export function share(depth: number, threshold: number): string {
  const percent = (depth / threshold) * 100
  return percent > 0 && percent < 1 ? 'under 1 %' : `${whole.format(Math.floor(percent))} %`
}

/** `12 ms`, `1.2 s`: how long something took. */
export function elapsed(spanMs: number): string {
  if (spanMs < 0.5) return 'under 1 ms'
  return spanMs < 999.5 ? `${whole.format(spanMs)} ms` : `${tenths.format(spanMs / 1000)} s`
}
