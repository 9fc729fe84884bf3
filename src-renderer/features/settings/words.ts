import type { HistorySize } from '../../../src-main/contract/history.ts'
import {
  awakeChoices,
  closeChoices,
  offlineChoices,
  soundChoices,
  type Intervals
} from '../../../src-main/contract/settings.ts'
import { count } from '../../parts/numbers.ts'
import { duration } from '../../parts/times.ts'

/** What each interval covers, in the order of the page. */
export const intervalWords: Readonly<Record<keyof Intervals, { readonly label: string; readonly covers: string }>> = {
  depthsMs: { label: 'Queue depths', covers: 'How many jobs wait in each queue.' },
  cheapMs: {
    label: 'Failed jobs and light checks',
    covers: 'Failed jobs of each queue, http, db, cache, queue, pubsub.'
  },
  slowMs: {
    label: 'Heavy checks',
    covers: 'storage, time and anti-virus, which write files, ask NTP or wake the scanner.'
  },
  rareMs: { label: 'Certificates and version', covers: 'The server dials out to each domain for its certificate.' }
}

/** `every 10 s`. */
export function everyWords(intervalMs: number): string {
  return `every ${duration(intervalMs)}`
}

// What Appwrite 1.5.11 is asked for in each round; later versions tell fewer queues.
const asked = { depthsMs: 12, cheapMs: 17, slowMs: 4, rareMs: 2 } as const satisfies Record<keyof Intervals, number>

/** Requests a minute that these intervals put on one server, rounded up. */
export function requestsPerMinute(intervals: Intervals): number {
  const each = Object.entries(asked) as [keyof Intervals, number][]
  return Math.ceil(each.reduce((sum, [key, requests]) => sum + (requests * 60_000) / intervals[key], 0))
}

/** The load of these intervals, in a sentence. */
export function loadSentence(intervals: Intervals): string {
  return `About ${count(requestsPerMinute(intervals))} requests a minute to a server of Appwrite 1.5 with its twelve queues; later versions have fewer.`
}

/** `7 days`, `2 years`. */
export function daysWords(days: number): string {
  if (days % 365 === 0) return days === 365 ? '1 year' : `${days / 365} years`
  return days === 1 ? '1 day' : `${days} days`
}

/** `64 MB`, `1 GB`. */
export function megabytesWords(megabytes: number): string {
  return megabytes >= 1024 ? `${megabytes / 1024} GB` : `${megabytes} MB`
}

/** What a history takes on the disk: `412 KB`, `1.2 MB`. */
export function sizeWords({ sizeBytes }: Pick<HistorySize, 'sizeBytes'>): string {
  if (sizeBytes < 1024 * 1024) return `${Math.ceil(sizeBytes / 1024)} KB`
  const megabytes = sizeBytes / (1024 * 1024)
  return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`
}

const awakeWords = { never: 'Never', 'on-mains': 'On mains power', always: 'Always' } as const

export const awakeOptions = awakeChoices.map((value) => ({ value, label: awakeWords[value] }))

const closeWords = { ask: 'Ask', tray: 'Keep watching in the tray', quit: 'Quit' } as const

export const closeOptions = closeChoices.map((value) => ({ value, label: closeWords[value] }))

const soundWords = { critical: 'Critical alerts', all: 'All alerts', never: 'None' } as const

export const soundOptions = soundChoices.map((value) => ({ value, label: soundWords[value] }))

export const offlineOptions = offlineChoices.map((value) => ({ value, label: `after ${duration(value)}` }))
