import { rangesMs, type RangeMs } from '../../src-main/contract/history.ts'
import { queueNameLimit, type QueueName } from '../../src-main/contract/queues.ts'
import { comparisons, type Comparison } from '../features/queues/compare.ts'
import { placeNames, type PlaceName } from './places.ts'

/** Where the page is. It lives in `location.hash`, so that a reload comes back to it. */
export interface Route {
  readonly place: PlaceName
  /** `null` is all connections, also when the id is of one that is gone. */
  readonly connectionId: string | null
  /** The server whose queues are shown; `null` is the worst of those in view. */
  readonly serverId: string | null
  /** The queue in focus; `null` is the one nearest its threshold. */
  readonly queue: QueueName | null
  readonly rangeMs: RangeMs
  /** What the queue in focus is compared with. */
  readonly comparison: Comparison
  readonly isTable: boolean
}

const ranges: readonly (readonly [string, RangeMs])[] = Object.entries(rangesMs).map(
  ([label, rangeMs]) => [label.replace(' ', ''), rangeMs] as const
)

/** A queue that is none of the server's is not found there, and then none is in focus. */
function queueOf(text: string | null): QueueName | null {
  return text !== null && text.length <= queueNameLimit && /^[A-Za-z0-9][\w.:-]*$/.test(text) ? text : null
}

/** Reads a hash such as `#/queues?queue=functions&range=15m`; what makes no sense falls back to the start page. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?')
  const query = new URLSearchParams(search)
  const range = query.get('range')
  return {
    place: placeNames.find((name) => name.toLowerCase() === path.toLowerCase()) ?? 'Overview',
    connectionId: query.get('connection'),
    serverId: query.get('server'),
    queue: queueOf(query.get('queue')),
    rangeMs: ranges.find(([name]) => name === range)?.[1] ?? rangesMs['1 h'],
    comparison: comparisons.find((each) => each === query.get('compare')) ?? 'none',
    isTable: query.get('view') === 'table'
  }
}

/** The hash that `parseRoute` reads back to the same route. */
export function formatRoute(route: Route): string {
  const query = new URLSearchParams()
  if (route.connectionId !== null) query.set('connection', route.connectionId)
  if (route.serverId !== null) query.set('server', route.serverId)
  if (route.queue !== null) query.set('queue', route.queue)
  const range = ranges.find(([, rangeMs]) => rangeMs === route.rangeMs)
  if (range !== undefined && route.rangeMs !== rangesMs['1 h']) query.set('range', range[0])
  if (route.comparison !== 'none') query.set('compare', route.comparison)
  if (route.isTable) query.set('view', 'table')
  const search = query.toString()
  return `#/${route.place.toLowerCase()}${search === '' ? '' : `?${search}`}`
}
