import { queues } from '../world/queue-profiles.ts'
import { checks, type Trouble, type TroubleKind, type TroubleMatch } from '../world/troubles.ts'
import { choice, ControlError, fieldsOf, id, integer, requireOnly, share, type Bounds, type Fields } from './fields.ts'

const longestOffS = 10 * 365 * 24 * 3600
const jobs: Bounds = { least: 1, most: 10_000_000 }
const held: Bounds = { least: 1, most: 600_000 }
const usualFailRate = 0.4
const usualRetryAfterS = 30
const usualMsPerByte = 50

interface Grammar<Kind extends TroubleKind> {
  readonly fields: readonly string[]
  readonly parse: (fields: Fields) => Extract<Trouble, { kind: Kind }>
}

/** Nothing for a field that is not there, so that it stays absent. */
function given<Name extends string, T>(fields: Fields, name: Name, parse: (fields: Fields, name: Name) => T) {
  // A computed name makes the compiler forget which one it is.
  return (name in fields ? { [name]: parse(fields, name) } : {}) as Partial<Readonly<Record<Name, T>>>
}

const ofOneFunction = (fields: Fields) => given(fields, 'functionId', id)
const hold = (fields: Fields) => given(fields, 'holdMs', (all, name) => integer(all, name, held))

const grammars: { readonly [Kind in TroubleKind]: Grammar<Kind> } = {
  flood: {
    fields: ['queue', 'perMinute', 'jobs'],
    parse: (fields) => {
      const queue = choice(fields, 'queue', queues)
      if ('perMinute' in fields === 'jobs' in fields) throw new ControlError('Say either perMinute or jobs.')
      return 'jobs' in fields
        ? { kind: 'flood', queue, jobs: integer(fields, 'jobs', jobs) }
        : { kind: 'flood', queue, perMinute: integer(fields, 'perMinute', jobs) }
    }
  },
  'stop-worker': {
    fields: ['queue'],
    parse: (fields) => ({ kind: 'stop-worker', queue: choice(fields, 'queue', queues) })
  },
  'silent-consumer': {
    fields: ['queue'],
    parse: (fields) => ({ kind: 'silent-consumer', queue: choice(fields, 'queue', queues) })
  },
  'bad-deployment': {
    fields: ['functionId', 'failRate'],
    parse: (fields) => ({
      kind: 'bad-deployment',
      ...ofOneFunction(fields),
      failRate: 'failRate' in fields ? share(fields, 'failRate') : usualFailRate
    })
  },
  'wedged-build': {
    fields: ['functionId'],
    parse: (fields) => ({ kind: 'wedged-build', ...ofOneFunction(fields) })
  },
  'missed-cron': {
    fields: ['functionId'],
    parse: (fields) => ({ kind: 'missed-cron', ...ofOneFunction(fields) })
  },
  'check-fail': {
    fields: ['check'],
    parse: (fields) => ({ kind: 'check-fail', check: choice(fields, 'check', checks) })
  },
  'time-off': {
    fields: ['seconds'],
    parse: (fields) => ({
      kind: 'time-off',
      seconds: integer(fields, 'seconds', { least: -longestOffS, most: longestOffS })
    })
  },
  'database-down': { fields: ['holdMs'], parse: (fields) => ({ kind: 'database-down', ...hold(fields) }) },
  'redis-down': { fields: ['holdMs'], parse: (fields) => ({ kind: 'redis-down', ...hold(fields) }) },
  'restart-owed': { fields: [], parse: () => ({ kind: 'restart-owed' }) },
  latency: { fields: ['ms'], parse: (fields) => ({ kind: 'latency', ms: integer(fields, 'ms', held) }) },
  cut: { fields: [], parse: () => ({ kind: 'cut' }) },
  'wrong-key': { fields: [], parse: () => ({ kind: 'wrong-key' }) },
  'revoked-key': {
    fields: ['projectId'],
    parse: (fields) => ({ kind: 'revoked-key', projectId: id(fields, 'projectId') })
  },
  'rate-limit': {
    fields: ['retryAfterS', 'body'],
    parse: (fields) => ({
      kind: 'rate-limit',
      retryAfterS:
        'retryAfterS' in fields ? integer(fields, 'retryAfterS', { least: 0, most: 86_400 }) : usualRetryAfterS,
      body: 'body' in fields ? choice(fields, 'body', ['html', 'json']) : 'html'
    })
  },
  'slow-drip': {
    fields: ['msPerByte'],
    parse: (fields) => ({
      kind: 'slow-drip',
      msPerByte: 'msPerByte' in fields ? integer(fields, 'msPerByte', { least: 1, most: 60_000 }) : usualMsPerByte
    })
  },
  garbage: {
    fields: ['body'],
    parse: (fields) => ({
      kind: 'garbage',
      body: choice(fields, 'body', ['invalid-json', 'cut-short', 'wrong-shape', 'html-502'])
    })
  }
}
// The keys of a record literal are its type's.
const kinds = Object.keys(grammars) as TroubleKind[]

/** The trouble to start, with the usual strength where none is given. */
export function parseTrouble(body: unknown): Trouble {
  const fields = fieldsOf(body)
  const grammar = grammars[choice(fields, 'kind', kinds)]
  requireOnly(fields, ['kind', ...grammar.fields])
  return grammar.parse(fields)
}

/** Which troubles to undo; takes the body that started one too. `undefined`, no body, means all. */
export function parseMatch(body: unknown): TroubleMatch | 'all' {
  if (body === undefined) return 'all'
  const fields = fieldsOf(body)
  const kind = choice(fields, 'kind', kinds)
  requireOnly(fields, ['kind', ...grammars[kind].fields])
  return {
    kind,
    ...given(fields, 'queue', (all, name) => choice(all, name, queues)),
    ...given(fields, 'check', (all, name) => choice(all, name, checks)),
    ...given(fields, 'functionId', id),
    ...given(fields, 'projectId', id)
  }
}
