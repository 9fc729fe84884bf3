import type { Method } from './api-request.ts'

/** How long each class of call may take, tries and pauses together, in milliseconds. */
export const deadlines = {
  /** A hang is the commonest face of an outage, and a healthy server takes milliseconds: what is later is trouble. */
  health: 5_000,
  /** Appwrite waits for a time server, up to 5 s since 1.9 and without end before. */
  time: 20_000,
  /** Appwrite gives the domain it dials 30 s. */
  certificate: 35_000,
  /** The database gives up on a query after 15 s and says so in a 408, which cannot be waited for on top of a retry. */
  read: 15_000,
  /** Longer than a read: a write that is given up leaves open whether it was done. */
  write: 20_000,
  /** Appwrite waits 30 s for the executor whatever the function's own timeout, then answers 408; a cold start is in it. */
  syncExecution: 40_000,
  /** Between two chunks of a download, not for all of it: a big archive on a slow line is no trouble. */
  downloadIdle: 30_000
} as const

/** What a call gets when it does not say. */
export interface CallClass {
  readonly deadlineMs: number
  /** How often it may be sent again. 0 also means that it is sent whatever the calls before it came to. */
  readonly retries: number
}

/**
 * Health checks are probes: whoever polls judges each answer and has a backoff of its own, which tries in between would
 * blur. Only other reads are tried again; a write never is.
 */
export function callClassOf(method: Method, path: string, isRead: boolean): CallClass {
  if (path === '/health/time') return { deadlineMs: deadlines.time, retries: 0 }
  if (path === '/health/certificate') return { deadlineMs: deadlines.certificate, retries: 0 }
  if (path === '/health' || path.startsWith('/health/')) return { deadlineMs: deadlines.health, retries: 0 }
  if (isRead) return { deadlineMs: deadlines.read, retries: 2 }
  const runs = method === 'POST' && path.endsWith('/executions')
  return { deadlineMs: runs ? deadlines.syncExecution : deadlines.write, retries: 0 }
}
