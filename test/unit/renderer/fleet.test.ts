import { describe, expect, it } from 'vitest'
import type { Connection } from '../../../src-main/contract/connections.ts'
import type { QueueGlance, ServerCard } from '../../../src-main/contract/fleet.ts'
import { accessSentence, troubledFirst } from '../../../src-renderer/features/connections/access.ts'
import { fieldOf } from '../../../src-renderer/features/connections/draft.ts'
import { arranged, moved, rowsOf } from '../../../src-renderer/features/connections/order.ts'
import { foldFleet, inOrder } from '../../../src-renderer/features/fleet/fold.ts'
import { glanceOf, glanceSpanMs, spanWords } from '../../../src-renderer/features/fleet/glance.ts'
import {
  isCalm,
  suspicionTitle,
  thingsOf,
  thingsWords,
  unwatchedWords
} from '../../../src-renderer/features/fleet/words.ts'
import { hostOf, levelOf, nameOf, oldestSweep, pillOf, scopeOf } from '../../../src-renderer/shell/scope.ts'

const connection = (connectionId: string, change: Partial<Connection> = {}): Connection => ({
  connectionId,
  serverId: 's1',
  name: connectionId,
  projectId: 'p1',
  environment: 'production',
  position: 0,
  access: 'accepted',
  fault: null,
  ...change
})

const glance = (change: Partial<QueueGlance> = {}): QueueGlance => ({
  queue: 'functions',
  level: 'ok',
  depth: 12,
  changePerMinute: 0,
  threshold: 5000,
  forecast: null,
  points: [],
  ...change
})

const server = (serverId: string, change: Partial<ServerCard> = {}): ServerCard => ({
  serverId,
  endpoint: 'https://api.example:8443/v1',
  isDemo: false,
  trust: { kind: 'system' },
  environment: 'production',
  connections: [],
  state: 'live',
  sinceMs: 0,
  reason: 'All is well.',
  fault: null,
  version: '1.5.11',
  lastSweepAtMs: 0,
  lastTryAtMs: 0,
  nextTryAtMs: null,
  requestsPerMinute: 0,
  writesSent: 0,
  fullest: [],
  checks: [],
  suspicions: [],
  options: { domains: [], queues: [] },
  unwatched: null,
  trouble: null,
  rank: 0,
  ...change
})

describe('the fleet', () => {
  it('is shown worst first, and steadily', () => {
    const servers = [server('b', { rank: 1 }), server('c', { rank: 0 }), server('a', { rank: 1 })]
    expect(inOrder(servers).map(({ serverId }) => serverId)).toEqual(['c', 'a', 'b'])
  })

  it('folds news in order: replaced, added, dropped', () => {
    const known = [server('a', { rank: 0 }), server('b', { rank: 1 })]
    const worse = server('b', { rank: 0, state: 'down' })
    const added = server('c', { rank: 2 })
    expect(
      foldFleet(known, [
        { kind: 'put', server: added },
        { kind: 'put', server: worse },
        { kind: 'drop', serverId: 'a' }
      ])
    ).toEqual([worse, added])
  })
})

describe('the scope', () => {
  const one = server('s1', { connections: [connection('c1'), connection('c2')] })
  const two = server('s2', { connections: [connection('c3')] })

  it('of a connection is its server', () => {
    expect(scopeOf([one, two], 'c3')).toEqual({ servers: [two], connection: connection('c3') })
  })

  it('of a connection that is gone is everything', () => {
    expect(scopeOf([one, two], 'c9')).toEqual({ servers: [one, two], connection: null })
    expect(scopeOf([one, two], null)).toEqual({ servers: [one, two], connection: null })
  })
})

describe('the status pill', () => {
  it('tells the worst server in view', () => {
    expect(pillOf({ servers: [server('a', { state: 'down' }), server('b')], connection: null })).toEqual({
      state: 'down',
      level: 'critical'
    })
    expect(pillOf({ servers: [], connection: null })).toBeNull()
  })

  it('tells a refused key although another one still opens the server', () => {
    const refused = connection('c1', { access: 'refused' })
    expect(pillOf({ servers: [server('a')], connection: refused })).toEqual({
      state: 'unauthorised',
      level: 'critical'
    })
    expect(pillOf({ servers: [server('a', { state: 'down' })], connection: refused })).toEqual({
      state: 'down',
      level: 'critical'
    })
  })

  it('is as grave as the worst thing known of a degraded server', () => {
    const mild = server('a', { state: 'degraded', fullest: [glance({ level: 'warning' })] })
    const grave = server('a', { state: 'degraded', fullest: [glance({ level: 'critical' })] })
    expect([levelOf(mild), levelOf(grave), levelOf(server('a', { state: 'offline' }))]).toEqual([
      'warning',
      'critical',
      'unknown'
    ])
  })
})

it('gives the age that holds for everything in view', () => {
  const servers = [server('a', { lastSweepAtMs: 900 }), server('b', { lastSweepAtMs: 300 })]
  expect([oldestSweep(servers), oldestSweep([server('c', { lastSweepAtMs: null })]), oldestSweep([])]).toEqual([
    300,
    null,
    null
  ])
})

it('calls a server by its connections, else by its host', () => {
  expect(nameOf(server('a', { connections: [connection('pay'), connection('ledger')] }))).toBe('pay, ledger')
  expect([nameOf(server('a')), hostOf('nonsense')]).toEqual(['api.example:8443', 'nonsense'])
})

it('lists what needs a hand first, the rest in the user’s order', () => {
  const refused = connection('z', { access: 'refused' })
  const keyless = connection('k', { access: 'keyless' })
  const rows = troubledFirst([connection('b'), connection('a'), keyless, refused])
  expect(rows.map(({ name }) => name)).toEqual(['z', 'k', 'b', 'a'])
  expect([accessSentence(keyless), accessSentence(connection('a'))]).toEqual([
    'No key on this machine: edit the connection and enter it.',
    null
  ])
})

describe('the order of connections', () => {
  const servers = [
    server('s2', { connections: [connection('b', { position: 1 })] }),
    server('s1', { connections: [connection('a', { position: 0 }), connection('c', { position: 2 })] }),
    server('demo', { isDemo: true, connections: [connection('d', { position: 3 })] })
  ]
  const ids = (of: readonly ServerCard[]): string[] => rowsOf(of).map((row) => row.connection.connectionId)

  it('is the user’s over all servers, the demo’s last', () => {
    expect(ids(servers)).toEqual(['a', 'b', 'c', 'd'])
    expect(inOrder(servers).map(({ serverId }) => serverId)).toEqual(['s1', 's2', 'demo'])
  })

  it('moves one a place, and none past an end or among the demo’s', () => {
    const rows = rowsOf(servers)
    expect(moved(rows, 'b', -1)).toEqual(['b', 'a', 'c'])
    expect([moved(rows, 'a', -1), moved(rows, 'c', 1), moved(rows, 'd', -1)]).toEqual(
      Array.from({ length: 3 }, () => ['a', 'b', 'c'])
    )
  })

  it('is shown at once as it was asked for', () => {
    expect(ids(arranged(servers, ['c', 'a', 'b']))).toEqual(['c', 'a', 'b', 'd'])
  })
})

it('puts a fault at a field of the form, and only there', () => {
  const message = 'No.'
  expect(fieldOf({ code: 'invalid', message, field: 'apiKey' })).toBe('apiKey')
  expect(fieldOf({ code: 'invalid', message, field: 'toString' })).toBeNull()
  expect(fieldOf({ code: 'denied', message })).toBeNull()
  expect(fieldOf(null)).toBeNull()
})

describe('a sparkline of the Overview', () => {
  const hour = 3_600_000
  const points = [
    [hour, 40],
    [hour + 10, 50],
    [hour + 20, null]
  ] as const

  it.each([
    [60_000, 300_000, 'last 5 min'],
    [720_000, 720_000, 'last 12 min'],
    [9_000_000, 3_600_000, 'last hour']
  ])('reaches as far back as a history of %i ms, within bounds', (knownMs, spanMs, words) => {
    const endMs = 10_000_000
    expect(glanceSpanMs([glance({ points: [[endMs - knownMs, 1]] })], endMs)).toBe(spanMs)
    expect(spanWords(spanMs)).toBe(words)
  })

  it('shows the last known depth with its age when the present one is not known', () => {
    const shown = glanceOf(glance({ depth: null, level: 'unknown', points }), hour + 100, hour, true)
    expect([shown.depth, shown.asOfMs, shown.view.fromMs, shown.view.toMs]).toEqual([50, hour + 10, 100, hour + 100])
  })

  it('needs no age while the depth is the present one', () => {
    const shown = glanceOf(glance({ depth: 12, points: points.slice(0, 2) }), hour, hour, false)
    expect([shown.depth, shown.asOfMs, shown.view.toMs]).toEqual([12, null, hour + 10])
  })

  it('gives a forecast room ahead, and draws it from the last sample to its ends', () => {
    const minute = 60_000
    const queue = glance({
      depth: 2500,
      points: [[hour, 2500]],
      forecast: {
        kind: 'to-threshold',
        earliestMs: hour + 6 * minute,
        likelyMs: hour + 36 * minute,
        latestMs: null,
        perMinute: 100,
        sinceMs: 0
      }
    })
    const { view, cone } = glanceOf(queue, hour, hour, false)
    expect([view.fromMs, view.toMs, view.scale.ceiling]).toEqual([0, hour + 18 * minute, 6000])
    const now = 60 / 78
    expect(cone?.from.x).toBeCloseTo(now)
    expect(cone?.earliest.x).toBeCloseTo(66 / 78)
    expect(cone?.earliest.y).toBeCloseTo(5000 / 6000)
    // Half of the way to the threshold when the picture ends; what may never come stays level.
    expect(cone?.likely).toEqual({ x: 1, y: 3750 / 6000 })
    expect(cone?.latest).toEqual({ x: 1, y: 2500 / 6000 })
  })

  it('draws no forecast where the present is not known', () => {
    const forecast = { kind: 'to-empty', earliestMs: 1, likelyMs: 1, latestMs: 1, perMinute: -1, sinceMs: 0 } as const
    const known = glance({ forecast, points: points.slice(0, 2) })
    expect([
      glanceOf(known, hour, hour, true).cone,
      glanceOf({ ...known, depth: null }, hour, hour, false).cone,
      glanceOf(glance({ points }), hour, hour, false).cone
    ]).toEqual([null, null, null])
    expect(glanceOf(known, hour, hour, false).cone).not.toBeNull()
  })

  it('always keeps the threshold in sight', () => {
    expect(glanceOf(glance({ points }), hour, hour, false).view.scale.hasThreshold).toBe(true)
  })
})

describe('what needs someone on a server', () => {
  const suspicion = {
    kind: 'worker-dead',
    subject: 'mails',
    level: 'critical',
    sinceMs: 0,
    saw: 'It rose.',
    check: 'The container.'
  } as const

  it('is counted over queues, checks and suspicions', () => {
    const troubled = server('a', {
      state: 'degraded',
      fullest: [glance({ level: 'critical' }), glance({ queue: 'mails' })],
      suspicions: [suspicion]
    })
    expect([thingsOf(troubled), thingsWords(troubled)]).toEqual([2, '2 things need you'])
    expect(thingsWords(server('b', { suspicions: [suspicion] }))).toBe('1 thing needs you')
    expect(thingsWords(server('c'))).toBe('')
  })

  it('is not counted while nobody knows the present', () => {
    expect(thingsOf(server('a', { state: 'down', fullest: [glance({ level: 'critical' })] }))).toBe(0)
  })

  it('keeps a card large: only a server with nothing to tell is calm', () => {
    const told: readonly Partial<ServerCard>[] = [
      { state: 'degraded' },
      { suspicions: [suspicion] },
      { trouble: { kind: 'full', message: 'The disk is full.' } },
      { connections: [connection('c', { access: 'refused' })] }
    ]
    expect(told.map((change) => isCalm(server('a', change)))).toEqual([false, false, false, false])
    expect(isCalm(server('a', { connections: [connection('c')] }))).toBe(true)
    expect(levelOf(server('a', { state: 'degraded', suspicions: [suspicion] }))).toBe('critical')
  })
})

it('names what is suspected by its subject', () => {
  expect(suspicionTitle({ kind: 'worker-dead', subject: 'mails' })).toBe('The worker of mails looks dead')
  expect(suspicionTitle({ kind: 'certificate-end', subject: 'a.example' })).toBe(
    'The certificate of a.example needs renewing'
  )
})

it('says when and why nobody watched', () => {
  const night = {
    fromMs: Date.UTC(2026, 10, 23, 1, 10),
    toMs: Date.UTC(2026, 10, 23, 6, 30),
    reason: 'asleep'
  } as const
  expect(unwatchedWords(night, Date.UTC(2026, 10, 23, 8), true)).toBe('Not watched 01:10–06:30 (asleep)')
  expect(unwatchedWords(night, Date.UTC(2026, 10, 24, 1), true)).toBe('Not watched 23 Nov 01:10–23 Nov 06:30 (asleep)')
})
