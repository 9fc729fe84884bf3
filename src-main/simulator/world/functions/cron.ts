/** The moments of a cron expression, as sets of what its five fields allow. */
export interface Cron {
  readonly isDue: (minuteMs: number) => boolean
}

const bounds = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7]
] as const

function fieldOf(text: string, least: number, most: number): ReadonlySet<number> {
  const allowed = new Set<number>()
  for (const part of text.split(',')) {
    const [range = '', step = '1'] = part.split('/')
    const [from, to = part.includes('/') ? most : from] =
      range === '*' ? [least, most] : range.split('-').map((number) => Number(number))
    for (let value = from ?? least; value <= (to ?? most); value += Number(step)) allowed.add(value)
  }
  return allowed
}

/** Reads `minute hour day month weekday`, with lists, ranges and steps; in UTC, as Appwrite's scheduler runs. */
export function parseCron(expression: string): Cron {
  const texts = expression.trim().split(/\s+/)
  const [minutes, hours, days, months, weekdays] = bounds.map(([least, most], at) =>
    fieldOf(texts[at] ?? '*', least, most)
  )
  return {
    isDue: (minuteMs) => {
      const date = new Date(minuteMs)
      const weekday = date.getUTCDay()
      return (
        minutes?.has(date.getUTCMinutes()) === true &&
        hours?.has(date.getUTCHours()) === true &&
        days?.has(date.getUTCDate()) === true &&
        months?.has(date.getUTCMonth() + 1) === true &&
        (weekdays?.has(weekday) === true || (weekday === 0 && weekdays?.has(7) === true))
      )
    }
  }
}
