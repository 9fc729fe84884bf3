import { supportedVersions } from '../versions/versions.ts'
import { choice, ControlError, fieldsOf, integer, requireOnly, type Bounds } from './fields.ts'

const longestStepMs = 10 * 365 * 24 * 3_600_000
// Years 1970 to 9999: dates outside are no dates for the reader of a reply.
const clockBounds: Bounds = { least: 0, most: 253_402_300_799_000 }

/** What the body of a clock request asks for. */
export type ClockVerb =
  | { readonly kind: 'freeze' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'step'; readonly ms: number }
  | { readonly kind: 'set'; readonly ms: number }

export function parseClock(body: unknown): ClockVerb {
  const fields = fieldsOf(body)
  const names = ['freeze', 'resume', 'stepMs', 'setMs'] as const
  requireOnly(fields, names)
  const [asked, ...more] = names.filter((name) => name in fields)
  if (asked === undefined || more.length > 0) throw new ControlError(`Say exactly one of ${names.join(', ')}.`)
  switch (asked) {
    case 'stepMs':
      return { kind: 'step', ms: integer(fields, asked, { least: -longestStepMs, most: longestStepMs }) }
    case 'setMs':
      return { kind: 'set', ms: integer(fields, asked, clockBounds) }
    case 'freeze':
    case 'resume':
      if (fields[asked] !== true) throw new ControlError(`Field "${asked}" must be true.`)
      return { kind: asked }
  }
}

/** A question about past depths, from the query string; times in Unix milliseconds. */
export function parseDepthRange(query: URLSearchParams, mostRows: number): readonly [number, number, number] {
  const fields = Object.fromEntries([...query].map(([name, value]) => [name, value === '' ? value : Number(value)]))
  requireOnly(fields, ['fromMs', 'toMs', 'stepMs'])
  const fromMs = integer(fields, 'fromMs', clockBounds)
  const toMs = integer(fields, 'toMs', { ...clockBounds, least: fromMs })
  const stepMs = integer(fields, 'stepMs', { least: 1, most: longestStepMs })
  if ((toMs - fromMs) / stepMs + 1 > mostRows) {
    throw new ControlError(`That would be more than ${mostRows} rows; ask for a shorter time or a longer step.`)
  }
  return [fromMs, toMs, stepMs]
}

/** The name of the version to run from now on. */
export function parseVersion(body: unknown): string {
  const fields = fieldsOf(body)
  requireOnly(fields, ['version'])
  return choice(fields, 'version', supportedVersions)
}
