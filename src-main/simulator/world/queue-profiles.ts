/**
 * The queues of an Appwrite server: the twelve of 1.5 by the name of their depth endpoint, then what later versions
 * added. `usage` is `stats-usage` from 1.6.2 on and `usage-dump` is `stats-resources`, as the depth endpoints replaced
 * each other.
 */
export const queues = [
  'builds',
  'certificates',
  'databases',
  'deletes',
  'functions',
  'logs',
  'mails',
  'messaging',
  'migrations',
  'usage',
  'usage-dump',
  'webhooks',
  'executions',
  'screenshots',
  'notifications'
] as const
export type Queue = (typeof queues)[number]

/** Fills steadily and is emptied in one go, as a worker does that collects before it writes. */
interface Tooth {
  readonly periodMs: number
  readonly height: number
}

/** Jobs that arrive together, as from a schedule or a campaign, and are worked off over `fadeMs`. */
interface Burst {
  readonly everyMs: number
  readonly height: number
  readonly fadeMs: number
  /** How many of the possible moments have one, 0 to 1. */
  readonly likelihood: number
}

/** The character of one queue. Levels are waiting jobs at the busiest hour. */
export interface QueueProfile {
  /** UTC hour of the busiest time. */
  readonly peakHour: number
  /** Always there; below 0 makes a queue that is mostly empty. */
  readonly calm: number
  /** Swing over minutes. */
  readonly breath: number
  /** Swing over seconds. */
  readonly tremble: number
  readonly tooth: Tooth | null
  readonly burst: Burst | null
  readonly arrivalsPerMinute: number
  /** What a recovering worker takes off a backlog beyond what arrives meanwhile. */
  readonly drainPerMinute: number
  readonly failuresPerDay: number
}

const minuteMs = 60_000
const none = { tooth: null, burst: null, peakHour: 14 }

export const profiles: Readonly<Record<Queue, QueueProfile>> = {
  builds: {
    ...none,
    calm: -1.5,
    breath: 4,
    tremble: 0,
    burst: { everyMs: 20 * minuteMs, height: 4, fadeMs: 4 * minuteMs, likelihood: 0.4 },
    arrivalsPerMinute: 0.6,
    drainPerMinute: 2,
    failuresPerDay: 0.12
  },
  certificates: {
    ...none,
    calm: -1.4,
    breath: 2.6,
    tremble: 0,
    arrivalsPerMinute: 0.15,
    drainPerMinute: 1,
    failuresPerDay: 0.02
  },
  databases: {
    ...none,
    calm: 150,
    breath: 140,
    tremble: 70,
    tooth: { periodMs: 4 * minuteMs, height: 1500 },
    arrivalsPerMinute: 420,
    drainPerMinute: 900,
    failuresPerDay: 0
  },
  deletes: {
    ...none,
    peakHour: 3,
    calm: 2,
    breath: 16,
    tremble: 4,
    burst: { everyMs: 15 * minuteMs, height: 24, fadeMs: 3 * minuteMs, likelihood: 0.5 },
    arrivalsPerMinute: 9,
    drainPerMinute: 40,
    failuresPerDay: 0.05
  },
  functions: {
    ...none,
    calm: 520,
    breath: 620,
    tremble: 110,
    burst: { everyMs: 5 * minuteMs, height: 2000, fadeMs: 80_000, likelihood: 0.55 },
    arrivalsPerMinute: 540,
    drainPerMinute: 800,
    failuresPerDay: 0.9
  },
  logs: {
    ...none,
    calm: 760,
    breath: 820,
    tremble: 190,
    arrivalsPerMinute: 760,
    drainPerMinute: 1200,
    failuresPerDay: 0.04
  },
  mails: {
    ...none,
    calm: 1,
    breath: 18,
    tremble: 6,
    burst: { everyMs: 30 * minuteMs, height: 40, fadeMs: 5 * minuteMs, likelihood: 0.4 },
    arrivalsPerMinute: 22,
    drainPerMinute: 60,
    failuresPerDay: 0.25
  },
  messaging: {
    ...none,
    peakHour: 11,
    calm: 0,
    breath: 12,
    tremble: 5,
    burst: { everyMs: 45 * minuteMs, height: 130, fadeMs: 9 * minuteMs, likelihood: 0.6 },
    arrivalsPerMinute: 30,
    drainPerMinute: 90,
    failuresPerDay: 0.2
  },
  migrations: {
    ...none,
    calm: -1.9,
    breath: 3,
    tremble: 0,
    arrivalsPerMinute: 0.05,
    drainPerMinute: 0.5,
    failuresPerDay: 0.01
  },
  usage: {
    ...none,
    calm: 120,
    breath: 110,
    tremble: 80,
    tooth: { periodMs: 11 * minuteMs, height: 2600 },
    arrivalsPerMinute: 610,
    drainPerMinute: 1500,
    failuresPerDay: 0.03
  },
  'usage-dump': {
    ...none,
    calm: 1,
    breath: 8,
    tremble: 5,
    tooth: { periodMs: 2 * minuteMs, height: 26 },
    arrivalsPerMinute: 14,
    drainPerMinute: 80,
    failuresPerDay: 0.01
  },
  webhooks: {
    ...none,
    calm: 24,
    breath: 60,
    tremble: 26,
    burst: { everyMs: 8 * minuteMs, height: 90, fadeMs: 2 * minuteMs, likelihood: 0.45 },
    arrivalsPerMinute: 95,
    drainPerMinute: 220,
    failuresPerDay: 0.6
  },
  executions: {
    ...none,
    calm: 3,
    breath: 14,
    tremble: 6,
    burst: { everyMs: 5 * minuteMs, height: 60, fadeMs: 40_000, likelihood: 0.55 },
    arrivalsPerMinute: 540,
    drainPerMinute: 900,
    failuresPerDay: 0.05
  },
  screenshots: {
    ...none,
    calm: -1.6,
    breath: 3,
    tremble: 0,
    arrivalsPerMinute: 0.3,
    drainPerMinute: 1,
    failuresPerDay: 0.05
  },
  notifications: {
    ...none,
    calm: 0,
    breath: 5,
    tremble: 2,
    arrivalsPerMinute: 4,
    drainPerMinute: 30,
    failuresPerDay: 0.03
  }
}
