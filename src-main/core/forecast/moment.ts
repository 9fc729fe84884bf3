/** What the moment of arrival follows from. Minutes, jobs and jobs per minute; all above 0. */
export interface Course {
  /** How far it still is. */
  readonly way: number
  readonly noise: number
  readonly levelError: number
  readonly perMinute: number
  readonly perMinuteError: number
  readonly age: number
  /** That the trend holds until then, 0 to 1. */
  readonly chance: number
}

/** The hazard of a turn falls with age: what has lasted long lasts on. A new trend is given some minutes of grace. */
const graceMinutes = 4
/** Jobs come from outside and stop coming when they like; a backlog that is worked off mostly is to its end. */
const frailty = { up: 0.5, down: 0.2 } as const

/** The chance that a trend of this age goes on for so many minutes more. */
export function survival(minutes: number, age: number, way: 'up' | 'down'): number {
  return ((graceMinutes + age) / (graceMinutes + age + minutes)) ** frailty[way]
}

/** How far the speed itself wanders, as a share of it, once a trend goes on for much longer than it has been seen. */
const wander = 0.3

/** In how many minutes it has arrived with the given chance, 0 to 1; `null`: it never comes to that chance. */
export function momentOf(course: Course, quantile: number): number | null {
  const { way, noise, levelError, perMinute, perMinuteError, age, chance } = course
  const share = quantile / chance
  if (share >= 0.995) return null
  const z = normalQuantile(share)
  const reach = way / perMinute
  const speedError = Math.hypot(perMinuteError, (wander * perMinute * reach) / (reach + age + graceMinutes))
  const speed = perMinute - z * speedError
  if (speed <= 0) return null
  return Math.max(0, (way + z * Math.hypot(noise, levelError)) / speed)
}

/** The standard normal quantile, by Hastings' approximation: off by less than 0.0005. */
function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share)
  const t = Math.sqrt(-2 * Math.log(tail))
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  return share < 0.5 ? -z : z
}
